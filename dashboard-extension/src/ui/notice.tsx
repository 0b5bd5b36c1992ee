import { AlertTriangle, CheckCircle2, Info, XCircle } from "lucide-react";
import type { ReactNode } from "react";
import type { Failure } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import { Button } from "@/ui/button";
import { common } from "@/words/words";
import styles from "./notice.module.css";

const ICONS = { info: Info, success: CheckCircle2, warning: AlertTriangle, error: XCircle };

interface NoticeProps {
  readonly kind: keyof typeof ICONS;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Along the whole width, without corners: above a page. */
  readonly wide?: boolean;
}

/** A message that stays where it is about something. */
export function Notice({ kind, title, children, actions, wide = false }: NoticeProps) {
  const Icon = ICONS[kind];
  return (
    <div
      className={styles.notice}
      data-kind={kind}
      data-wide={wide || undefined}
      role={kind === "error" ? "alert" : "status"}
    >
      <Icon size={18} aria-hidden className={styles.icon} />
      <div className={styles.text}>
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** Says why something could not be had, in the reader's language, and offers to try again. */
export function FailureNotice({ failure, onRetry }: { readonly failure: Failure; readonly onRetry?: () => void }) {
  const say = useTexts(common);
  const { title, text } = wordsOf(failure, say);
  return (
    <Notice
      kind="error"
      title={title}
      actions={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {say("retry")}
          </Button>
        )
      }
    >
      {text}
    </Notice>
  );
}

type SayCommon = ReturnType<typeof useTexts<(typeof common)["en"]>>;

function wordsOf(failure: Failure, say: SayCommon): { title: string; text: string } {
  switch (failure.kind) {
    case "network":
      return { title: say("networkTitle"), text: say("networkText") };
    case "expired":
      return { title: say("expiredTitle"), text: say("expiredText") };
    case "server":
      return { title: say("serverTitle"), text: say("serverText") };
    default:
      if (failure.code !== "PERMISSION_DENIED")
        return { title: say("refusedTitle"), text: `${failure.message} (${failure.code})` };
      return { title: say("permissionTitle"), text: permissionText(failure.message, say) };
  }
}

/** The API's sentence ends with the codes of the permissions; they are the same in every language. */
function permissionText(message: string, say: SayCommon): string {
  const codes = message.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g) ?? [];
  return codes.length ? say("missingPermission", { count: codes.length, codes: codes.join(", ") }) : message;
}

export function Loading({ label }: { readonly label?: string }) {
  const say = useTexts(common);
  return (
    <div className={styles.loading} role="status">
      <span className={styles.spinner} aria-hidden />
      <span className="sce-hidden">{label ?? say("loading")}</span>
    </div>
  );
}

/** Where there is nothing to show: why, and what to do about it. */
export function Empty({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <h2 className={styles.emptyTitle}>{title}</h2>
      {children && <div className={styles.emptyText}>{children}</div>}
      {action}
    </div>
  );
}
