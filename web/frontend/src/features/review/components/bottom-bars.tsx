import { IconX } from "@tabler/icons-react";

import { useMessages } from "@/shared/i18n/language-context";

import { reviewMessages } from "../review-messages";

import { SaidBar, type Said } from "./said-bar";
import classes from "./tools.module.css";

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
  const { selectedCount } = props;
  const action = (label: string, onClick: () => void) => (
    <button type="button" className={classes.barButton} onClick={onClick}>
      {label}
    </button>
  );
  return (
    <div className={classes.bottom}>
      <SaidBar said={props.said} onUndo={props.onUndo} onOver={props.onSaidOver} />
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
