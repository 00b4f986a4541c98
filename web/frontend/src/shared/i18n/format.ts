import { type Language, LANGUAGES } from "./languages";

const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export interface Format {
  number: (value: number) => string;
  /** From 0 to 1, without decimals; 100 % only when it is all. */
  percent: (share: number) => string;
  /** Any share, also above 1, rounded. */
  percentOver: (share: number, digits?: number) => string;
  bytes: (bytes: number) => string;
  date: (moment: string | Date) => string;
  dateTime: (moment: string | Date) => string;
  /** A day such as 2024-06-22, with its weekday. What cameras write is wall-clock time, so no zone changes it. */
  day: (day: string) => string;
  /** A span of time, in the one or two units that matter; at least a second. */
  duration: (seconds: number) => string;
}

export function createFormat(language: Language): Format {
  const { locale } = LANGUAGES[language];
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const fullDate = new Intl.DateTimeFormat(locale, { dateStyle: "full" });
  const unit = (value: number, name: string, digits = 0) =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit: name,
      // The short form of bytes has no plural.
      unitDisplay: name === "byte" ? "long" : "short",
      maximumFractionDigits: digits,
    }).format(value);
  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(Math.floor(Math.min(1, Math.max(0, share)) * 100) / 100),
    percentOver: (share, digits = 0) =>
      new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }).format(share),
    bytes: (bytes) => {
      const power = bytes < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
      const value = bytes / 1000 ** power;
      return unit(value, BYTE_UNITS[power] ?? "byte", value < 10 && power > 1 ? 1 : 0);
    },
    date: (moment) => date.format(new Date(moment)),
    dateTime: (moment) => dateTime.format(new Date(moment)),
    day: (day) => {
      // At noon, the day is the same in every zone and on the days when clocks change.
      const text = fullDate.format(new Date(`${day}T12:00:00`));
      return text.charAt(0).toLocaleUpperCase() + text.slice(1);
    },
    duration: (seconds) => {
      const whole = Math.max(1, Math.round(seconds));
      if (whole < 60) return unit(whole, "second");
      const minutes = Math.round(whole / 60);
      if (minutes < 60) return unit(minutes, "minute");
      const rest = minutes % 60;
      return rest ? `${unit(Math.floor(minutes / 60), "hour")} ${unit(rest, "minute")}` : unit(minutes / 60, "hour");
    },
  };
}
