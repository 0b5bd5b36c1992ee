import type { Language } from "@/lib/bridge";

/** The parts of a wait, whole numbers. */
export interface Parts {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

export const UNITS = ["days", "hours", "minutes", "seconds"] as const;

const ISO = /^P(?=[\dT])(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/;

/** Read `P1DT2H` as the server does; undefined where it is no such time. */
export function partsOf(duration: string): Parts | undefined {
  const match = ISO.exec(duration);
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((group) => Number(group ?? 0));
  return { days, hours, minutes, seconds };
}

/** Write parts as ISO 8601; nothing at all is `PT0S`, which the server refuses at its place. */
export function durationOf({ days, hours, minutes, seconds }: Parts): string {
  const time = [hours && `${hours}H`, minutes && `${minutes}M`, seconds && `${seconds}S`].filter(Boolean).join("");
  const text = `P${days ? `${days}D` : ""}${time && `T${time}`}`;
  return text === "P" ? "PT0S" : text;
}

/** `1 day 12 hours`; what cannot be read, as it is written. */
export function waitText(duration: unknown, language: Language): string {
  const parts = typeof duration === "string" ? partsOf(duration) : undefined;
  if (!parts) return typeof duration === "string" && duration ? duration : "–";
  const named = UNITS.filter((unit) => parts[unit] > 0).map((unit) => counted(parts[unit], unit, language));
  return named.join(" ") || counted(0, "seconds", language);
}

function counted(value: number, unit: keyof Parts, language: Language): string {
  return new Intl.NumberFormat(language, { style: "unit", unit: unit.slice(0, -1), unitDisplay: "long" }).format(value);
}
