import { Menu } from "@mantine/core";
import { IconChevronDown, IconStarFilled } from "@tabler/icons-react";

import type { ReviewCounts } from "@/shared/api/schema-types";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { LABELS, STARS } from "@/shared/marks/marks";
import { LabelDot } from "@/shared/marks/marks-badge";

import { isMarksView, type MarksView, type View } from "../review-search";

import classes from "./marks-chip.module.css";
import tools from "./tools.module.css";

interface MarksChipProps {
  counts: ReviewCounts | undefined;
  view: View;
  onView: (view: View) => void;
}

/** Filters by stars and labels in one chip. It is offered once somebody has given one. */
export function MarksChip({ counts, view, onView }: MarksChipProps) {
  const t = useMessages("marks");
  const format = useFormat();
  // During an upgrade, the answer may be of the previous version.
  const { stars, labels }: Partial<ReviewCounts> = counts ?? {};
  const choices = [
    ...[...STARS].reverse().map((least) => ({
      view: `stars-${least}` as MarksView,
      name: t(least === 5 ? "countStars" : "atLeast", { count: least }),
      short: least === 5 ? "5" : `${least}+`,
      icon: <IconStarFilled size={16} />,
      count: stars?.[least - 1] ?? 0,
    })),
    ...LABELS.map((label) => ({
      view: `label-${label}` as MarksView,
      name: t(label),
      short: t(label),
      icon: <LabelDot label={label} />,
      count: labels?.[label] ?? 0,
    })),
  ];
  const chosen = choices.find((choice) => choice.view === view);
  const offered = choices.filter((choice) => choice.count > 0 || choice === chosen);
  if (offered.length === 0) return null;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={`${tools.chip} ${classes.chip}`}
          data-chosen={isMarksView(view)}
          aria-label={[t("filter"), chosen && `${chosen.name} ${format.number(chosen.count)}`]
            .filter(Boolean)
            .join(": ")}
        >
          {chosen ? chosen.icon : <IconStarFilled size={16} />}
          {chosen && (
            <>
              {chosen.short}
              <span className={tools.count}>{format.number(chosen.count)}</span>
            </>
          )}
          <IconChevronDown size={16} stroke={1.6} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map((choice) => (
          <Menu.Item
            key={choice.view}
            leftSection={choice.icon}
            rightSection={<span className={classes.count}>{format.number(choice.count)}</span>}
            onClick={() => onView(choice.view)}
          >
            {choice.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
