import { ActionIcon, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowLeft,
  IconArrowsMove,
  IconChartBar,
  IconChartHistogram,
  IconKeyboard,
  IconMoodSmile,
  IconSquareNumber1,
  IconZoomIn,
  IconZoomOut,
  IconZoomReset,
} from "@tabler/icons-react";
import type { ReactNode } from "react";

import { useMessages } from "@/shared/i18n/language-context";

import classes from "./compare-toolbar.module.css";

export interface Tools {
  linked: boolean;
  faces: boolean;
  scores: boolean;
  histogram: boolean;
}

interface CompareToolbarProps {
  tools: Tools;
  onToggle: (tool: keyof Tools) => void;
  onZoom: (factor: number) => void;
  onWhole: () => void;
  /** Keep the chosen photo and no other. */
  onOnly: () => void;
  onUndo: () => void;
  onKeys: () => void;
  onClose: () => void;
}

export function CompareToolbar({
  tools,
  onToggle,
  onZoom,
  onWhole,
  onOnly,
  onUndo,
  onKeys,
  onClose,
}: CompareToolbarProps) {
  const t = useMessages("compare");
  const common = useMessages("common");
  const toggle = (tool: keyof Tools, icon: ReactNode) => (
    <Tool label={t(tool)} pressed={tools[tool]} onClick={() => onToggle(tool)}>
      {icon}
    </Tool>
  );
  return (
    <div className={classes.bar}>
      <Tool label={t("back")} onClick={onClose}>
        <IconArrowLeft size={22} stroke={1.6} />
      </Tool>
      <h1 className={classes.title}>{t("title")}</h1>
      <Tool label={t("onlyThis")} onClick={onOnly}>
        <IconSquareNumber1 size={20} stroke={1.6} />
      </Tool>
      <Tool label={common("undo")} onClick={onUndo}>
        <IconArrowBackUp size={20} stroke={1.6} />
      </Tool>
      <span className={classes.rule} />
      <div className={classes.tools} role="group" aria-label={t("tools")}>
        {!tools.faces && (
          <>
            <span className={classes.wide}>
              <Tool label={t("zoomOut")} onClick={() => onZoom(1 / 1.5)}>
                <IconZoomOut size={20} stroke={1.6} />
              </Tool>
            </span>
            <Tool label={t("whole")} onClick={onWhole}>
              <IconZoomReset size={20} stroke={1.6} />
            </Tool>
            <span className={classes.wide}>
              <Tool label={t("zoomIn")} onClick={() => onZoom(1.5)}>
                <IconZoomIn size={20} stroke={1.6} />
              </Tool>
            </span>
            {toggle("linked", <IconArrowsMove size={20} stroke={1.6} />)}
            <span className={classes.rule} />
            {toggle("scores", <IconChartBar size={20} stroke={1.6} />)}
            {toggle("histogram", <IconChartHistogram size={20} stroke={1.6} />)}
          </>
        )}
        {toggle("faces", <IconMoodSmile size={20} stroke={1.6} />)}
        <span className={classes.wide}>
          <Tool label={t("keys")} onClick={onKeys}>
            <IconKeyboard size={20} stroke={1.6} />
          </Tool>
        </span>
      </div>
    </div>
  );
}

interface ToolProps {
  label: string;
  pressed?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Tool({ label, pressed, onClick, children }: ToolProps) {
  return (
    <Tooltip label={label} openDelay={500}>
      <ActionIcon
        aria-label={label}
        aria-pressed={pressed}
        variant={pressed ? "light" : "subtle"}
        color={pressed ? "lagoon" : "gray"}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
