import { ActionIcon, Button, Loader, Popover, Switch, Text } from "@mantine/core";
import {
  IconAdjustmentsHorizontal,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChecks,
  IconKeyboard,
} from "@tabler/icons-react";

import { useMessages } from "@/shared/i18n/language-context";

import { reviewMessages } from "../review-messages";
import type { Order } from "../review-search";

import { SimilaritySlider } from "./similarity-slider";
import classes from "./tools.module.css";

interface ReviewToolsProps {
  available: number;
  similarity: number;
  order: Order;
  /** How many groups accepting all would decide; null where that is not known. */
  undecided: number | null;
  isRegrouping: boolean;
  status: string;
  onSimilarity: (value: number) => void;
  onOrder: (order: Order) => void;
  onAccept: () => void;
  onUndo: () => void;
  onRedo: () => void;
  onKeys: () => void;
}

/** Stays in view while the list is scrolled. */
export function ReviewTools(props: ReviewToolsProps) {
  const t = useMessages(reviewMessages);
  const isWide = props.available >= 1000;
  const icon = props.isRegrouping ? <Loader size={16} /> : <IconAdjustmentsHorizontal size={20} stroke={1.6} />;
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
      {isWide ? (
        settings
      ) : (
        <Popover position="bottom-start" trapFocus withArrow shadow="md" width={Math.min(360, props.available)}>
          <Popover.Target>
            <Button
              variant="default"
              px={12}
              className={classes.tool}
              aria-label={t("grouping")}
              leftSection={props.available < 440 ? undefined : icon}
            >
              {props.available < 340 ? icon : t("grouping")}
            </Button>
          </Popover.Target>
          <Popover.Dropdown className={classes.settings}>
            <Text fw={600} size="sm">
              {t("similarity")}
            </Text>
            {settings}
            <Text c="dimmed" size="sm">
              {t("similarityHint")}
            </Text>
          </Popover.Dropdown>
        </Popover>
      )}
      <span className={classes.status} role="status">
        {props.isRegrouping && isWide && <Loader size={14} aria-hidden />}
        <span className={isWide ? undefined : "visually-hidden"}>{props.status}</span>
      </span>
      <Button
        variant="default"
        px={12}
        className={classes.tool}
        title={t("acceptHint")}
        disabled={props.undecided === 0}
        leftSection={isWide ? <IconChecks size={20} stroke={1.6} /> : undefined}
        onClick={props.onAccept}
      >
        {props.undecided && isWide ? t("acceptCount", { count: props.undecided }) : t("accept")}
      </Button>
      <div className={classes.icons}>
        <ActionIcon aria-label={t("undo")} title={t("undo")} onClick={props.onUndo}>
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
