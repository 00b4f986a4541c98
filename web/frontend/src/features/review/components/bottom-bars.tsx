import { IconX } from "@tabler/icons-react";
import { useEffect } from "react";

import { useMessages } from "@/shared/i18n/language-context";

import { reviewMessages } from "../review-messages";

import classes from "./tools.module.css";

export interface Said {
  readonly text: string;
  /** Whether to offer undo. */
  readonly canUndo: boolean;
  /** Distinguishes two messages with the same text. */
  readonly number: number;
}

const SHOWN_FOR = 6_000;

interface BottomBarsProps {
  said: Said | null;
  selectedCount: number;
  onUndo: () => void;
  onSaidOver: () => void;
  onKeep: () => void;
  onReject: () => void;
  onSplit: () => void;
  onMerge: () => void;
  onCompare: () => void;
  onClear: () => void;
}

/** The last step, with undo, and the actions for the selection. */
export function BottomBars(props: BottomBarsProps) {
  const t = useMessages(reviewMessages);
  const { said, selectedCount, onSaidOver } = props;
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(onSaidOver, SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [said, onSaidOver]);
  const action = (label: string, onClick: () => void) => (
    <button type="button" className={classes.barButton} onClick={onClick}>
      {label}
    </button>
  );
  return (
    <div className={classes.bottom}>
      <div role="status">
        {said && (
          <div className={classes.bar} key={said.number}>
            {said.text}
            {said.canUndo ? action(t("undo"), props.onUndo) : <span style={{ width: 10 }} />}
          </div>
        )}
      </div>
      {selectedCount > 0 && (
        <div
          className={`${classes.bar} ${classes.selection}`}
          role="toolbar"
          aria-label={t("selected", { count: selectedCount })}
        >
          <span className={classes.selected}>{t("selected", { count: selectedCount })}</span>
          {action(t("keep"), props.onKeep)}
          {action(t("reject"), props.onReject)}
          {action(t("split"), props.onSplit)}
          {selectedCount > 1 && action(t("merge"), props.onMerge)}
          {selectedCount > 1 && selectedCount <= 4 && action(t("compare"), props.onCompare)}
          <button
            type="button"
            className={`${classes.barButton} ${classes.clear}`}
            aria-label={t("clear")}
            onClick={props.onClear}
          >
            <IconX size={20} />
          </button>
        </div>
      )}
    </div>
  );
}
