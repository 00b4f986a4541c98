import { useEffect } from "react";

import { useMessages } from "@/shared/i18n/language-context";

import classes from "./bar.module.css";

export interface Said {
  readonly text: string;
  /** Whether to offer undo. */
  readonly canUndo: boolean;
  /** Distinguishes two messages with the same text. */
  readonly number: number;
}

interface SaidBarProps {
  said: Said | null;
  onUndo: () => void;
  onOver: () => void;
}

const SHOWN_FOR = 6_000;

/** The last step, with undo, for some seconds. */
export function SaidBar({ said, onUndo, onOver }: SaidBarProps) {
  const t = useMessages("common");
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(onOver, SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [said, onOver]);
  return (
    <div role="status">
      {said && (
        <div className={classes.bar} key={said.number}>
          {said.text}
          {said.canUndo ? (
            <button type="button" className={classes.button} onClick={onUndo}>
              {t("undo")}
            </button>
          ) : (
            <span style={{ width: 10 }} />
          )}
        </div>
      )}
    </div>
  );
}
