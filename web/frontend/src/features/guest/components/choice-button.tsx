import { IconCheck, IconHeart, IconHeartFilled } from "@tabler/icons-react";

import type { ShareRole } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import classes from "./choice-button.module.css";

interface ChoiceButtonProps {
  role: ShareRole;
  isChosen: boolean;
  /** Of the photo, for people who do not see it. */
  label: string;
  /** With words in it, as wide as a thumb wants it. */
  isLarge?: boolean;
  onChoose: (isChosen: boolean) => void;
}

/** Gives a photo a heart or chooses it, as the link says, and takes it back. */
export function ChoiceButton({ role, isChosen, label, isLarge = false, onChoose }: ChoiceButtonProps) {
  const t = useMessages("guest");
  const isHeart = role === "heart";
  const words = isHeart ? t("heart") : isChosen ? t("chosen") : t("choose");
  const size = isLarge ? 24 : 22;
  const icon = isHeart ? (
    isChosen ? (
      <IconHeartFilled size={size} aria-hidden />
    ) : (
      <IconHeart size={size} stroke={1.8} aria-hidden />
    )
  ) : (
    <span className={classes.circle}>{isChosen && <IconCheck size={16} stroke={3} aria-hidden />}</span>
  );
  return (
    <button
      type="button"
      className={isLarge ? classes.large : classes.small}
      data-heart={isHeart}
      aria-pressed={isChosen}
      aria-label={isLarge ? undefined : `${isHeart ? t("heart") : t("choose")}, ${label}`}
      onClick={() => onChoose(!isChosen)}
    >
      {icon}
      {isLarge && words}
    </button>
  );
}
