import type { mailTexts } from "@/modules/scenarios/testing/mail-texts/messages";

/** What the catalogue has words for; other codes are the settings' own, or those of every mutation. */
const MAIL_ERRORS = [
  "MAIL_REFUSED",
  "UNKNOWN_OUTCOME",
  "RATE_LIMITED",
  "NOT_STAFF",
  "EMPTY_SUBJECT",
  "EMPTY_MESSAGE",
  "FAILED_TEMPLATE",
  "DATA_REMOVED",
] as const;
type MailError = (typeof MAIL_ERRORS)[number];

function isMailError(code: string): code is MailError {
  return (MAIL_ERRORS as readonly string[]).includes(code);
}

type Say = (key: keyof (typeof mailTexts)["en"], values?: Readonly<Record<string, string>>) => string;

/** Why a mail cannot be shown or sent, in words; undefined for what is no matter of the mail. */
export function mailErrorText(code: string, said: string, say: Say): string | undefined {
  return isMailError(code) ? say(code, { said }) : undefined;
}
