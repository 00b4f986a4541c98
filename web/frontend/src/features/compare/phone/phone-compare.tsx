import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowLeft,
  IconCheck,
  IconColumns2,
  IconDots,
  IconMoodSmile,
  IconSquare,
  IconSquareNumber1,
  IconX,
} from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { Photo } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";
import { useLoadedAhead } from "@/shared/pictures/use-loaded-ahead";
import type { ViewChange } from "@/shared/zoom/pan-zoom";

import type { Tools } from "../components/compare-toolbar";
import { FaceRows } from "../components/face-rows";
import type { FaceZoom } from "../components/use-face-zoom";
import type { LinkedViews } from "../components/use-linked-views";
import type { Said } from "../judging/decisions";
import { relativeScores } from "../judging/relative-scores";

import classes from "./phone-compare.module.css";
import { PhonePane } from "./phone-pane";
import { flipped, isTall } from "./phone-panes";
import { PhoneStrip } from "./phone-strip";
import type { PhonePanes } from "./use-phone-panes";

interface PhoneCompareProps {
  panes: PhonePanes;
  /** Those that were to be compared, for the faces. */
  wanted: readonly Photo[];
  active: Photo | undefined;
  views: LinkedViews;
  faces: FaceZoom;
  tools: Tools;
  onToggle: (tool: keyof Tools) => void;
  onView: (photoId: string, change: ViewChange) => void;
  onChosen: (photoId: string) => void;
  onSay: (said: Said, photo?: Photo) => void;
  onUndo: () => void;
  onWhole: () => void;
  onClose: () => void;
}

/** The comparison for one hand: the photos above, and all that is pressed often at the lower edge. */
export function PhoneCompare(props: PhoneCompareProps) {
  const { panes, active, views, tools } = props;
  const { order, shown, count } = panes;
  const t = useMessages("compare");
  const common = useMessages("common");
  const own = useMessages("compare-phone");
  const ids = order.map(({ id }) => id);
  const paneIds = shown.map(({ id }) => id);
  const scores = tools.scores ? relativeScores(order) : [];
  const put = (from: string, to: string) => {
    views.take(from, to);
    panes.show(paneIds.map((id) => (id === from ? to : id)));
    props.onChosen(to);
  };
  const see = (id: string) => {
    if (paneIds.includes(id)) props.onChosen(id);
    else if (active) put(active.id, id);
  };
  // The one before and the one after are there when they are swiped to.
  const place = active ? ids.indexOf(active.id) : -1;
  useLoadedAhead([place - 1, place + 1].map((near) => order[near]?.preview_url ?? "").join(" "));
  return (
    <div className={classes.page}>
      <div className={classes.bar}>
        <ActionIcon aria-label={t("back")} onClick={props.onClose}>
          <IconArrowLeft size={22} stroke={1.6} />
        </ActionIcon>
        <h1 className={classes.title}>{t("title")}</h1>
        <ActionIcon
          aria-label={own(count === 1 ? "two" : "one")}
          onClick={() => panes.setCount(count === 1 ? 2 : 1, active?.id)}
        >
          {count === 1 ? <IconColumns2 size={22} stroke={1.6} /> : <IconSquare size={22} stroke={1.6} />}
        </ActionIcon>
        <ActionIcon
          aria-label={t("faces")}
          aria-pressed={tools.faces}
          variant={tools.faces ? "light" : "subtle"}
          color={tools.faces ? "lagoon" : "gray"}
          onClick={() => props.onToggle("faces")}
        >
          <IconMoodSmile size={22} stroke={1.6} />
        </ActionIcon>
        <More tools={tools} onToggle={props.onToggle} onWhole={props.onWhole} />
      </div>
      {tools.faces ? (
        <div className={classes.faces}>
          <FaceRows photos={props.wanted} onKeep={(photo) => props.onSay("keep", photo)} />
        </div>
      ) : (
        <div
          className={classes.panes}
          data-beside={count === 2 && (!panes.isUpright || (active !== undefined && isTall(active)))}
        >
          {shown.map((photo) => (
            <PhonePane
              key={photo.id}
              photo={photo}
              place={ids.indexOf(photo.id) + 1}
              total={ids.length}
              active={count === 2 && photo.id === active?.id}
              views={views}
              faces={props.faces}
              scores={scores[ids.indexOf(photo.id)] ?? null}
              showHistogram={tools.histogram}
              onView={(change) => props.onView(photo.id, change)}
              onChosen={() => props.onChosen(photo.id)}
              onFlip={(step) => {
                const next = flipped(ids, paneIds, photo.id, step);
                if (next !== null) put(photo.id, next);
              }}
            />
          ))}
        </div>
      )}
      <PhoneStrip photos={order} shown={paneIds} active={active?.id} onSee={see} />
      <div className={classes.actions}>
        <Action label={common("undo")} onClick={props.onUndo}>
          <IconArrowBackUp size={22} stroke={1.6} />
        </Action>
        <Action label={t("reject")} pressed={active?.decision === "reject"} onClick={() => props.onSay("reject")}>
          <IconX size={22} />
        </Action>
        <Action label={t("onlyThis")} onClick={() => props.onSay("only")}>
          <IconSquareNumber1 size={22} stroke={1.6} />
        </Action>
        <Action label={t("keep")} pressed={active?.decision === "keep"} isMain onClick={() => props.onSay("keep")}>
          <IconCheck size={22} />
        </Action>
      </div>
    </div>
  );
}

interface ActionProps {
  label: string;
  pressed?: boolean | undefined;
  isMain?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Action({ label, pressed, isMain, onClick, children }: ActionProps) {
  return (
    <button type="button" className={classes.action} aria-pressed={pressed} data-main={isMain} onClick={onClick}>
      {children}
      {label}
    </button>
  );
}

const MORE = ["linked", "scores", "histogram"] as const;

function More({ tools, onToggle, onWhole }: Pick<PhoneCompareProps, "tools" | "onToggle" | "onWhole">) {
  const t = useMessages("compare");
  const own = useMessages("compare-phone");
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={own("more")}>
          <IconDots size={22} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onWhole}>{t("whole")}</Menu.Item>
        {MORE.map((tool) => (
          <Menu.CheckboxItem key={tool} mih={44} checked={tools[tool]} onChange={() => onToggle(tool)}>
            {t(tool)}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
