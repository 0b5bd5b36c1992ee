import { useState } from "react";
import { paths, useGo } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import { KeyListView, useKeyList } from "@/modules/keys/key-list";
import { KeyWindow } from "@/modules/keys/key-window";
import { keyListTexts } from "@/modules/keys/messages";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { Page } from "@/ui/page";
import { common } from "@/words/words";

/** The keys with which storefronts and servers fire. Who may not see them sees which permission is missing. */
export default function KeysPage() {
  const say = useTexts(keyListTexts);
  const viewer = useViewer();
  const missing = viewer.missing("KEYS");
  const list = useKeyList({ skip: !viewer.known || missing.length > 0 });
  const [isMaking, setIsMaking] = useState(false);
  const go = useGo();
  const create = (
    <Button variant="primary" missing={missing} onClick={() => setIsMaking(true)}>
      {say("create")}
    </Button>
  );
  return (
    <Page title={say("title")} subtitle={say("subtitle")} actions={create} onBack={() => go(paths.events)}>
      {missing.length > 0 ? <Forbidden codes={missing} /> : <KeyListView list={list} create={create} />}
      {isMaking && <KeyWindow onClose={() => setIsMaking(false)} onSaved={list.reload} />}
    </Page>
  );
}

function Forbidden({ codes }: { readonly codes: readonly string[] }) {
  const say = useTexts(keyListTexts);
  const words = useTexts(common);
  return (
    <Notice kind="warning" title={say("missingTitle")} wide>
      {words("missingPermission", { count: codes.length, codes: codes.join(", ") })}
    </Notice>
  );
}
