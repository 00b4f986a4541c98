import { IconStar, IconStarFilled } from "@tabler/icons-react";

import { useMessages } from "@/shared/i18n/language-context";

import { type Label, LABELS, type Marks, STARS } from "./marks";
import { LabelDot } from "./marks-badge";
import classes from "./marks.module.css";
import { RadioRow } from "./radio-row";

interface StarsRowProps {
  stars: number;
  onStars: (stars: number) => void;
  /** The number is the least that is wanted of others. It cannot be taken back. */
  isLeast?: boolean;
}

/** Five stars. The one that is chosen takes all back. */
export function StarsRow({ stars, onStars, isLeast = false }: StarsRowProps) {
  const t = useMessages("marks");
  return (
    <RadioRow
      label={t("stars")}
      className={classes.stars}
      chosen={stars}
      options={STARS.map((value) => ({
        value,
        name: t(isLeast ? "atLeast" : "countStars", { count: value }),
        content: value <= stars ? <IconStarFilled size={20} /> : <IconStar size={20} stroke={1.6} />,
      }))}
      onChoose={(value) => onStars(value === stars && !isLeast ? 0 : value)}
    />
  );
}

/** Five colours. The one that is chosen takes the label back. */
export function LabelsRow({ label, onLabel }: { label: Marks["label"]; onLabel: (label: Label | "") => void }) {
  const t = useMessages("marks");
  return (
    <RadioRow
      label={t("label")}
      className={classes.labels}
      chosen={label}
      options={LABELS.map((value) => ({
        value,
        name: t(value),
        content: <LabelDot label={value} />,
      }))}
      onChoose={(value) => onLabel(value === label ? "" : value)}
    />
  );
}
