import { ActionIcon, Button, Divider, Loader, Popover, Switch, Text } from "@mantine/core";
import {
  IconAdjustmentsHorizontal,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChecks,
  IconChevronDown,
  IconClock,
  IconEye,
  IconKeyboard,
} from "@tabler/icons-react";
import { useRef, useState } from "react";

import { useFormat, useMessages } from "@/shared/i18n/language-context";

import { useLookTime } from "../hooks/use-pace";
import type { Acceptance } from "../model/filters";
import type { Picks, Wanted } from "../model/wanted";
import type { Order } from "../review-search";

import { PicksNumber } from "./picks-number";
import { SimilaritySlider } from "./similarity-slider";
import classes from "./tools.module.css";

interface ReviewToolsProps extends Acceptance {
  available: number;
  picks: Picks;
  similarity: number;
  order: Order;
  isRegrouping: boolean;
  status: string;
  onPicks: (wanted: Wanted) => void;
  onSimilarity: (value: number) => void;
  onOrder: (order: Order) => void;
  onAccept: () => void;
  onLook: () => void;
  onUndo: () => void;
  onRedo: () => void;
  onKeys: () => void;
  onClock: () => void;
}

/** As wide as the tools are with everything in one line. */
const BOTH_FIT = 1320;

/** Stays in view while the list is scrolled. */
export function ReviewTools(props: ReviewToolsProps) {
  const t = useMessages("review");
  const common = useMessages("common");
  const clock = useMessages("review-clock");
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const settingsButton = useRef<HTMLButtonElement>(null);
  const isWide = props.available >= 1000;
  const icon = props.isRegrouping ? <Loader size={16} /> : <IconAdjustmentsHorizontal size={20} stroke={1.6} />;
  const { picked, available } = props.picks;
  const number =
    picked < available
      ? t(props.available < 600 ? "picksSomeShort" : "picksSome", {
          number: format.number(picked),
          total: format.number(available),
        })
      : t("picksAll", { count: picked });
  const settings = (
    <>
      <SimilaritySlider similarity={props.similarity} onChange={props.onSimilarity} />
      <Switch
        label={t("unclearFirst")}
        checked={props.order === "unclear-first"}
        onChange={(event) => props.onOrder(event.currentTarget.checked ? "unclear-first" : "time")}
        classNames={{ body: classes.switch ?? "" }}
      />
    </>
  );
  return (
    <div className={classes.tools} role="toolbar" aria-label={t("tools")}>
      {isWide && settings}
      <Popover
        position="bottom-start"
        trapFocus
        withArrow
        shadow="md"
        width={Math.min(360, props.available)}
        opened={isOpen}
        onChange={setOpen}
      >
        <Popover.Target>
          <Button
            ref={settingsButton}
            variant="default"
            px={12}
            className={classes.tool}
            onClick={() => setOpen(!isOpen)}
            aria-label={isWide ? undefined : t("picksAndGrouping", { picks: number })}
            leftSection={isWide || props.available < 440 ? undefined : icon}
            rightSection={isWide ? <IconChevronDown size={18} stroke={1.6} /> : undefined}
          >
            {props.available < 340 ? icon : number}
          </Button>
        </Popover.Target>
        <Popover.Dropdown className={classes.settings}>
          <PicksNumber picks={props.picks} onChange={props.onPicks} />
          {!isWide && (
            <>
              <Divider my="xs" />
              <Text fw={600} size="sm">
                {t("similarity")}
              </Text>
              {settings}
              <Text c="dimmed" size="sm">
                {t("similarityHint")}
              </Text>
              <Divider my="xs" />
              <Button
                variant="subtle"
                justify="start"
                px={8}
                leftSection={<IconClock size={20} stroke={1.6} />}
                onClick={() => {
                  setOpen(false);
                  // The dialog gives the focus back to what had it, and this button is gone by then.
                  settingsButton.current?.focus();
                  props.onClock();
                }}
              >
                {clock("open")}
              </Button>
            </>
          )}
        </Popover.Dropdown>
      </Popover>
      <span className={classes.status} role="status">
        {props.isRegrouping && isWide && <Loader size={14} aria-hidden />}
        <span className={isWide ? classes.statusText : "visually-hidden"} title={props.status}>
          {props.status}
        </span>
      </span>
      <AcceptButton {...props} isWide={isWide} hasRoom={props.available >= BOTH_FIT} />
      <div className={classes.icons}>
        {isWide && (
          <ActionIcon aria-label={clock("open")} title={clock("open")} onClick={props.onClock}>
            <IconClock size={22} stroke={1.6} />
          </ActionIcon>
        )}
        <ActionIcon aria-label={common("undo")} title={common("undo")} onClick={props.onUndo}>
          <IconArrowBackUp size={22} stroke={1.6} />
        </ActionIcon>
        <ActionIcon aria-label={t("redo")} title={t("redo")} onClick={props.onRedo}>
          <IconArrowForwardUp size={22} stroke={1.6} />
        </ActionIcon>
        <ActionIcon aria-label={t("keys")} title={t("keys")} onClick={props.onKeys} className={classes.keysButton}>
          <IconKeyboard size={22} stroke={1.6} />
        </ActionIcon>
      </div>
    </div>
  );
}

/** Accepts what is clear. When that is done, it leads to the rest; where there is room, that stands beside it. */
function AcceptButton({
  acceptable,
  unclear,
  areClear,
  isWide,
  hasRoom,
  onAccept,
  onLook,
}: Acceptance & Pick<ReviewToolsProps, "onAccept" | "onLook"> & { isWide: boolean; hasRoom: boolean }) {
  const t = useMessages("review");
  const lookTime = useLookTime();
  if (acceptable === 0 && unclear > 0) {
    return (
      <Button
        variant="default"
        px={12}
        className={classes.tool}
        leftSection={isWide ? <IconEye size={20} stroke={1.6} /> : undefined}
        onClick={onLook}
      >
        {t(isWide ? "needLook" : "needLookShort", { count: unclear })}
        {isWide && ` · ${lookTime(unclear)}`}
      </Button>
    );
  }
  const named = isWide ? (areClear ? "acceptCount" : "acceptTheseCount") : "acceptCountShort";
  const accept = (
    <Button
      variant="default"
      px={12}
      className={classes.tool}
      title={areClear ? t("acceptHint") : undefined}
      disabled={acceptable === 0}
      leftSection={isWide && !(hasRoom && unclear > 0) ? <IconChecks size={20} stroke={1.6} /> : undefined}
      onClick={onAccept}
    >
      {acceptable ? t(named, { count: acceptable }) : t("accept")}
    </Button>
  );
  if (!hasRoom || unclear === 0) return accept;
  return (
    <>
      {accept}
      <Button variant="subtle" px={12} className={classes.tool} onClick={onLook}>
        {t("lookAt", { count: unclear })} · {lookTime(unclear)}
      </Button>
    </>
  );
}
