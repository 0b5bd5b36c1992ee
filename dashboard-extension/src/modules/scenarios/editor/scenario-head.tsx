import { History, Pencil, ScrollText } from "lucide-react";
import { type ReactNode, useState } from "react";
import { paths, useGo } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { deedTexts } from "@/modules/scenarios/deeds/messages";
import type { Deeds } from "@/modules/scenarios/deeds/use-deeds";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import type { Draft } from "@/modules/scenarios/editor/use-draft";
import { VersionsWindow } from "@/modules/scenarios/publishing/versions-window";
import { StatusPill } from "@/modules/scenarios/status-pill";
import { Button, IconButton } from "@/ui/button";
import { Menu } from "@/ui/menu";
import { Page } from "@/ui/page";

interface Props {
  readonly draft: Draft;
  readonly deeds: Deeds;
  readonly children: ReactNode;
}

/** The page around a scenario: its name, its status, and what can be done with it as a whole. */
export function ScenarioHead({ draft, deeds, children }: Props) {
  const { scenario } = draft;
  const say = useTexts(editorTexts);
  const ofDeeds = useTexts(deedTexts);
  const go = useGo();
  const [versions, setVersions] = useState(false);
  const items = deeds.items(scenario);
  const rename = items.find((item) => item.key === "rename");
  return (
    <Page
      title={scenario.name}
      subtitle={`${say("id", { number: scenario.number })} · ${subtitleOf(draft, say)}`}
      beside={
        <>
          {rename && (
            <IconButton
              icon={<Pencil size={16} aria-hidden />}
              label={ofDeeds("rename")}
              missing={rename.missing}
              onClick={rename.onChoose}
            />
          )}
          <StatusPill status={scenario.status} />
        </>
      }
      onBack={() => go(paths.scenarios)}
      actions={
        <>
          <Button icon={<ScrollText size={16} aria-hidden />} onClick={() => go(paths.logOfScenario(scenario.number))}>
            {say("log")}
          </Button>
          <Button icon={<History size={16} aria-hidden />} onClick={() => setVersions(true)}>
            {say("versions")}
          </Button>
          <Menu label={ofDeeds("actionsFor", { name: scenario.name })} items={items} variant="secondary" />
        </>
      }
    >
      {children}
      {versions && <VersionsWindow draft={draft} onClose={() => setVersions(false)} />}
    </Page>
  );
}

function subtitleOf({ scenario }: Draft, say: ReturnType<typeof useTexts<(typeof editorTexts)["en"]>>): string {
  if (!scenario.published) return say("notPublished");
  const version = say("publishedVersion", { number: scenario.published.number });
  return scenario.hasUnpublishedChanges ? `${version} · ${say("unpublished")}` : version;
}
