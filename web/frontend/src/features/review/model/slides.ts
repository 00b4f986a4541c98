import type { TimelinePhoto } from "@/shared/api/schema-types";
import { marksOf } from "@/shared/marks/marks";
import type { Slide } from "@/shared/slideshow/slide";

import { isMarksView, type View } from "../review-search";

import { filterOfMarks } from "./filters";
import { isVideo } from "./picks";
import { type Stretch, wallClock } from "./timeline";

/** What a slideshow of a view shows. Where the view is about single photos of groups, these alone. */
export function slidesOf(stretches: readonly Stretch[], view: View): Slide[] {
  const isMeant = meantIn(view);
  return stretches
    .flatMap(photosOf)
    .filter(isMeant)
    .map((photo) => ({
      id: photo.id,
      name: photo.name,
      isVideo: isVideo(photo),
      takenAt: wallClock(photo),
      isBest: photo.picked,
    }));
}

/** Where a slideshow begins that is opened at a photo: there, or at the pick of its group. */
export function startOf(stretches: readonly Stretch[], photoId: string | null): string | null {
  const group = stretches.find((one) => one.kind === "group" && one.group.photos.some(({ id }) => id === photoId));
  const photos = group ? photosOf(group) : [];
  const isPick = photos.some((photo) => photo.id === photoId && photo.picked);
  return (isPick ? undefined : photos.find(({ picked }) => picked)?.id) ?? photoId;
}

function photosOf(stretch: Stretch): readonly TimelinePhoto[] {
  return stretch.kind === "group" ? stretch.group.photos : stretch.photos;
}

function meantIn(view: View): (photo: TimelinePhoto) => boolean {
  if (view === "left-out") return (photo) => photo.left_out;
  if (!isMarksView(view)) return () => true;
  const wanted = filterOfMarks(view);
  return (photo) => {
    const { stars, label } = marksOf(photo);
    return "stars" in wanted ? stars >= wanted.stars : label === wanted.label;
  };
}
