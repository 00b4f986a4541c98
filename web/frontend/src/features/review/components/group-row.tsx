import { ActionIcon, Badge, Button, Text, Title } from "@mantine/core";
import { IconCheck, IconChecks, IconCircleCheck, IconColumns2, IconStack2 } from "@tabler/icons-react";
import { memo } from "react";

import type { TimelineGroup } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import { useReviewWords } from "../hooks/use-review-words";
import { useThumbnail } from "../hooks/use-thumbnail";
import { heroHeight, shotWidth } from "../model/layout";
import { isDecided, isLeftOut as isGroupLeftOut, isUnclear as isGroupUnclear, isVideo } from "../model/picks";
import type { Row } from "../model/rows";
import { useReviewActions } from "../review-context";

import { GroupMenu } from "./group-menu";
import classes from "./rows.module.css";
import { Shot } from "./shot";
import { WithFaces } from "./shot-faces";

export interface RowProps<Kind extends Row["kind"]> {
  row: Row & { kind: Kind };
  tabStop: string | null;
  selected: ReadonlySet<string>;
}

export const GroupRow = memo(function GroupRow({ row, tabStop, selected }: RowProps<"group">) {
  const { t, clock } = useReviewWords();
  const actions = useReviewActions();
  const { group, hero, others, layout } = row;
  const shown = others.slice(0, layout.shown);
  const hidden = others.length - shown.length;
  const isFolded = layout.folds && shown.length === 0;
  const isUnfolded = layout.folds || (!layout.scrolls && layout.height > heroHeight(layout));
  const people = layout.faces ? group.people : null;
  const numbers = new Map(group.photos.map((photo, place) => [photo.id, place + 1]));
  const common = (id: string) => ({
    place: { number: numbers.get(id) ?? 0, count: group.photos.length },
    isTabStop: tabStop === id,
    isSelected: selected.has(id),
    isSelecting: selected.size > 0,
  });
  const label = t("groupLabel", { count: group.photos.length, time: clock(row.time) });
  return (
    <div role="group" aria-label={label} className={classes.group} data-narrow={layout.scrolls}>
      <GroupHead row={row} />
      <div className={classes.shots} style={{ height: layout.height }}>
        <WithFaces photo={hero} width={layout.hero.width} people={people} isLarge>
          <Shot photo={hero} {...layout.hero} isLarge {...common(hero.id)} />
        </WithFaces>
        {others.length > 0 && (
          <div className={classes.others} data-folded={isFolded}>
            {shown.map((photo) => {
              const width = shotWidth(photo, layout.shotHeight);
              return (
                <WithFaces key={photo.id} photo={photo} width={width} people={people}>
                  <Shot photo={photo} width={width} height={layout.shotHeight} {...common(photo.id)} />
                </WithFaces>
              );
            })}
            {isFolded && <Folded group={group} count={hidden} />}
            {!isFolded && (hidden > 0 || isUnfolded) && (
              <button
                type="button"
                className={classes.more}
                style={{ width: layout.shotHeight, height: layout.shotHeight }}
                onClick={() => actions.expand(group.id)}
              >
                {hidden > 0 ? t("more", { count: hidden }) : t("fewer")}
              </button>
            )}
          </div>
        )}
      </div>
    </div>
  );
});

/** In place of the other frames of a bracket or focus stack. */
function Folded({ group, count }: { group: TimelineGroup; count: number }) {
  const { t } = useReviewWords();
  const actions = useReviewActions();
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconStack2 size={20} stroke={1.6} />}
        aria-expanded={false}
        onClick={() => actions.expand(group.id)}
      >
        {t("moreFrames", { count })}
      </Button>
      <Button
        variant="default"
        leftSection={<IconChecks size={20} stroke={1.6} />}
        onClick={() => actions.ofGroup("keep-all", group)}
      >
        {t("keepAllCount", { count: group.photos.length })}
      </Button>
    </>
  );
}

function GroupHead({ row }: { row: Row & { kind: "group" } }) {
  const { t, clock, kind, why } = useReviewWords();
  const compare = useMessages("review-compare");
  const actions = useReviewActions();
  const { group, hero } = row;
  const thumbnail = useThumbnail(hero.id);
  const decided = isDecided(group);
  const isLeftOut = isGroupLeftOut(group);
  const isUnclear = isGroupUnclear(group) && !decided && !isLeftOut;
  const picks = group.photos.filter((photo) => photo.picked).length;
  const facts = [t("photos", { count: group.photos.length }), kind(group), group.manual ? t("manual") : null];
  // The first that holds is said.
  const said = [
    isLeftOut && t("groupLeftOut"),
    group.kept_whole && group.photos.every((photo) => !photo.left_out) && t("keptWhole"),
    hero.rank === 0 && hero.picked && why(thumbnail),
    isUnclear && t("unclearWhy"),
  ].find(Boolean);
  const isNarrow = row.layout.scrolls;
  return (
    <div className={classes.head}>
      <div className={classes.headText}>
        <div className={classes.headLine}>
          <Title order={3} className={classes.time}>
            {clock(row.time)}
          </Title>
          <Text span c="dimmed" size="sm" truncate>
            {facts.filter(Boolean).join(" · ")}
          </Text>
          {isUnclear && !isNarrow && <Unclear />}
        </div>
        <div className={classes.why}>
          {isUnclear && isNarrow && <Unclear />}
          {decided && (
            <span className={classes.decided}>
              <IconCircleCheck size={16} aria-hidden /> {picks > 0 ? t("kept", { count: picks }) : t("keptNone")}
            </span>
          )}
          {said && <span className={classes.reason}>{said}</span>}
        </div>
      </div>
      {isNarrow && group.photos.filter((photo) => !isVideo(photo)).length > 1 && (
        <ActionIcon
          aria-label={compare("compareNamed", { time: clock(row.time) })}
          onClick={() => actions.ofGroup("compare", group)}
        >
          <IconColumns2 size={22} stroke={1.6} />
        </ActionIcon>
      )}
      {!decided && (
        <Button
          variant="default"
          size="sm"
          px={isNarrow ? 12 : undefined}
          aria-label={t(isLeftOut ? "keepGroupNamed" : "acceptGroupNamed", { time: clock(row.time) })}
          leftSection={isNarrow ? undefined : <IconCheck size={18} />}
          onClick={() => actions.ofGroup("accept", group)}
        >
          {isNarrow ? <IconCheck size={20} /> : t(isLeftOut ? "keep" : "acceptGroup")}
        </Button>
      )}
      <GroupMenu group={group} time={clock(row.time)} hasFaces={row.layout.faces} />
    </div>
  );
}

function Unclear() {
  const { t } = useReviewWords();
  return (
    <Badge variant="light" color="yellow" tt="none" className={classes.unclear} title={t("noClearWinnerText")}>
      {t("noClearWinner")}
    </Badge>
  );
}

export const SinglesRow = memo(function SinglesRow({ row, tabStop, selected }: RowProps<"singles">) {
  const { alone } = useReviewWords();
  return (
    <div role="group" aria-label={alone(row.all.length > 0 ? row.all : row.photos)}>
      {row.all.length > 0 && (
        <Text c="dimmed" size="sm" className={classes.alone}>
          {alone(row.all)}
        </Text>
      )}
      <div className={classes.line}>
        {row.photos.map((photo) => (
          <Shot
            key={photo.id}
            photo={photo}
            width={shotWidth(photo, row.height)}
            height={row.height}
            place={null}
            isTabStop={tabStop === photo.id}
            isSelected={selected.has(photo.id)}
            isSelecting={selected.size > 0}
          />
        ))}
      </div>
    </div>
  );
});

export function DayRow({ row }: { row: Row & { kind: "day" } }) {
  const { day } = useReviewWords();
  return (
    <Title order={2} size="h3" className={classes.day}>
      {day(row.day)}
    </Title>
  );
}
