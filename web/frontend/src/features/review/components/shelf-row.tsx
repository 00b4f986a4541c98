import { Button, Text, Title } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { memo } from "react";

import { useReviewWords } from "../hooks/use-review-words";
import { shotWidth } from "../model/layout";
import { useReviewActions } from "../review-context";

import type { RowProps } from "./group-row";
import classes from "./rows.module.css";
import { Shot } from "./shot";

/** Photos that are left out because they are probably not wanted, with the reason below each. */
export const ShelfRow = memo(function ShelfRow({ row, tabStop, selected }: RowProps<"shelf">) {
  const { t, shelf } = useReviewWords();
  const actions = useReviewActions();
  const isAnyLeftOut = row.all.some(({ picked }) => !picked);
  return (
    <div role="group" aria-label={t("shelf", { count: row.all.length || row.photos.length })}>
      {row.all.length > 0 && (
        <div className={classes.shelfHead}>
          <div>
            <Title order={2} size="h4">
              {t("shelf", { count: row.all.length })}
            </Title>
            <Text c="dimmed" size="sm">
              {t("shelfText")}
            </Text>
          </div>
          {isAnyLeftOut && (
            <Button
              variant="default"
              className={classes.tool}
              leftSection={<IconChecks size={20} stroke={1.6} />}
              onClick={() => actions.keepShelf(row.all)}
            >
              {t("keepAll")}
            </Button>
          )}
        </div>
      )}
      <div className={classes.line}>
        {row.photos.map((photo) => {
          const width = shotWidth(photo, row.height);
          return (
            <div key={photo.id} style={{ width }}>
              <Shot
                photo={photo}
                width={width}
                height={row.height}
                place={null}
                isTabStop={tabStop === photo.id}
                isSelected={selected.has(photo.id)}
                isSelecting={selected.size > 0}
              />
              <Text span c="dimmed" className={classes.caption} aria-hidden>
                {shelf(photo)}
              </Text>
            </div>
          );
        })}
      </div>
    </div>
  );
});
