import { IconArrowMerge, IconArrowsSplit, IconCheck, IconColumns2, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";

import bar from "@/shared/components/bar.module.css";
import { SaidBar, type Said } from "@/shared/components/said-bar";
import { useMessages } from "@/shared/i18n/language-context";

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
  const t = useMessages("review");
  const { selectedCount } = props;
  const action = (label: string, onClick: () => void, icon?: ReactNode, size = "") => (
    <button type="button" className={`${bar.button} ${size}`} onClick={onClick}>
      {icon && <span className={classes.barIcon}>{icon}</span>}
      {label}
    </button>
  );
  const large = classes.large ?? "";
  return (
    <div className={classes.bottom}>
      <SaidBar said={props.said} onUndo={props.onUndo} onOver={props.onSaidOver} />
      {selectedCount > 0 && (
        <div
          className={`${bar.bar} ${classes.selection}`}
          role="toolbar"
          aria-label={t("selected", { count: selectedCount })}
        >
          <span className={classes.selected}>{t("selected", { count: selectedCount })}</span>
          {action(t("keep"), props.onKeep, <IconCheck size={22} />, `${large} ${classes.main}`)}
          {action(t("reject"), props.onReject, <IconX size={22} />, large)}
          {action(t("split"), props.onSplit, <IconArrowsSplit size={18} stroke={1.6} />)}
          {selectedCount > 1 && action(t("merge"), props.onMerge, <IconArrowMerge size={18} stroke={1.6} />)}
          {selectedCount > 1 &&
            selectedCount <= 4 &&
            action(t("compare"), props.onCompare, <IconColumns2 size={18} stroke={1.6} />)}
          <button
            type="button"
            className={`${bar.button} ${classes.clear}`}
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
