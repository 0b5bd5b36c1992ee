import { Expand, Monitor, Moon, Smartphone } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { ScenarioMailPreviewDocument, type ScenarioMailPreviewQuery } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import { useRefusalText } from "@/modules/scenarios/deeds/refusals";
import type { Members } from "@/modules/scenarios/definition";
import { problemText } from "@/modules/scenarios/editor/problems";
import { LOOKS, type Look, mailDocument, widthOf } from "@/modules/scenarios/testing/mail-document";
import { mailErrorText } from "@/modules/scenarios/testing/mail-errors";
import { mailTexts } from "@/modules/scenarios/testing/mail-texts/messages";
import styles from "@/modules/scenarios/testing/preview.module.css";
import type { Filling } from "@/modules/scenarios/testing/use-filling";
import { useLater } from "@/modules/scenarios/testing/use-later";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/fields";
import { FailureNotice, Loading, Notice } from "@/ui/notice";
import { Window } from "@/ui/window";
import { common } from "@/words/words";

type Preview = ScenarioMailPreviewQuery["customEventMailPreview"];

/** Milliseconds after the last change before the mail is rendered again. */
const PAUSE = 500;
const ICONS = { desktop: Monitor, phone: Smartphone, dark: Moon };

interface Props {
  readonly scenario: string;
  readonly config: Members;
  readonly filling: Filling;
}

/** The mail as a customer would get it, rendered by the store while it is written. */
export function MailPreview({ scenario, config, filling }: Props) {
  const say = useTexts(mailTexts);
  const input = useLater(JSON.stringify({ scenario, settings: config, ...filling.from }), PAUSE);
  const asked = useQuery(ScenarioMailPreviewDocument, { input: JSON.parse(input) }, { skip: !filling.isReady });
  const answer = asked.data?.customEventMailPreview;
  const last = useLastMail(answer);
  const [look, setLook] = useState<Look>("desktop");
  const [isLarge, setLarge] = useState(false);
  if (!filling.isReady) return null;
  const looks = <Looks look={look} onLook={setLook} />;
  return (
    <div className={styles.preview}>
      <div className={styles.bar}>
        {looks}
        <Button
          size="small"
          icon={<Expand size={14} aria-hidden />}
          disabled={!last?.html}
          onClick={() => setLarge(true)}
        >
          {say("enlarge")}
        </Button>
      </div>
      {asked.failure && <FailureNotice failure={asked.failure} onRetry={asked.reload} />}
      <div aria-live="polite">{answer && answer.problems.length > 0 && <Problems problems={answer.problems} />}</div>
      {asked.loading && !last && <Loading />}
      {last && <Mail mail={last} look={look} />}
      {isLarge && last && <Large mail={last} look={look} looks={looks} onClose={() => setLarge(false)} />}
    </div>
  );
}

/** The last one that could be rendered stays while half a word is typed. */
function useLastMail(answer: Preview | undefined): Preview | undefined {
  const last = useRef<Preview>(undefined);
  if (answer && answer.subject !== null && answer.subject !== undefined) last.current = answer;
  return last.current;
}

interface LooksProps {
  readonly look: Look;
  readonly onLook: (look: Look) => void;
}

function Looks({ look, onLook }: LooksProps) {
  const say = useTexts(mailTexts);
  return (
    // biome-ignore lint/a11y/useSemanticElements: three buttons, of which one is down
    <div role="group" aria-label={say("looks")} className={styles.looks}>
      {LOOKS.map((one) => {
        const Icon = ICONS[one];
        return (
          <Button
            key={one}
            size="small"
            variant={one === look ? "secondary" : "tertiary"}
            icon={<Icon size={14} aria-hidden />}
            aria-pressed={one === look}
            onClick={() => onLook(one)}
          >
            {say(one)}
          </Button>
        );
      })}
    </div>
  );
}

interface MailProps {
  readonly mail: Preview;
  readonly look: Look;
}

function Mail({ mail, look }: MailProps) {
  const say = useTexts(mailTexts);
  const [withPictures, setPictures] = useState(false);
  const hasPictures = /<img|url\(|background=/i.test(mail.html ?? "");
  return (
    <div className={styles.mail} data-look={look}>
      <p className={styles.subject}>
        <span className={styles.label}>{say("subject")}</span> {mail.subject}
      </p>
      {mail.html ? (
        <Scaled width={widthOf(look)}>
          <iframe
            title={say("mailTitle", { subject: mail.subject ?? "" })}
            // Nothing in it runs, and nothing of it knows where it is shown.
            sandbox=""
            srcDoc={mailDocument(mail.html, look, withPictures)}
            className={styles.page}
            data-look={look}
          />
        </Scaled>
      ) : (
        <pre className={styles.text} data-look={look}>
          {mail.text}
        </pre>
      )}
      {hasPictures && (
        <Checkbox label={say("pictures")} help={say("picturesHelp")} checked={withPictures} onChange={setPictures} />
      )}
      {mail.html && look === "dark" && <p className={styles.note}>{say("darkHelp")}</p>}
      {mail.html && (
        <details>
          <summary>{say("asText")}</summary>
          <pre className={styles.text}>{mail.text}</pre>
        </details>
      )}
    </div>
  );
}

/** As wide as it would be, made smaller where there is less room. */
function Scaled({ width, children }: { readonly width: number; readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(width);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setRoom(element.clientWidth || width));
    watch.observe(element);
    return () => watch.disconnect();
  }, [width]);
  const scale = Math.min(1, room / width);
  return (
    <div ref={box} className={styles.room} style={{ height: HEIGHT * scale }}>
      <div className={styles.scaled} style={{ width, height: HEIGHT, transform: `scale(${scale})` }}>
        {children}
      </div>
    </div>
  );
}

/** Pixels of a mail that are seen at once; the rest is scrolled to. */
const HEIGHT = 560;

interface LargeProps extends MailProps {
  readonly looks: ReactNode;
  readonly onClose: () => void;
}

function Large({ mail, look, looks, onClose }: LargeProps) {
  const say = useTexts(mailTexts);
  const ofAll = useTexts(common);
  return (
    <Window
      title={say("previewTitle")}
      width={720}
      onClose={onClose}
      footer={<Button onClick={onClose}>{ofAll("close")}</Button>}
    >
      {looks}
      <Mail mail={mail} look={look} />
    </Window>
  );
}

function Problems({ problems }: { readonly problems: Preview["problems"] }) {
  const { language } = useSurroundings();
  const say = useTexts(mailTexts);
  const refusalText = useRefusalText();
  const textOf = ({ field, code, message }: Preview["problems"][number]) =>
    mailErrorText(code, message, say) ??
    (field?.startsWith("settings.")
      ? problemText({ field, code, message }, language)
      : refusalText({ field, code, message }));
  return (
    <Notice kind="info" title={say("notYet")}>
      {problems.map((one) => (
        <p key={`${one.field} ${one.code}`}>{textOf(one)}</p>
      ))}
    </Notice>
  );
}
