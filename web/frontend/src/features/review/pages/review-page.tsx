import { Alert } from "@mantine/core";
import { useElementSize, useViewportSize } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useRef, useState } from "react";

import type { Album, Progress, TimelinePhoto } from "@/shared/api/schema-types";
import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { SaidBar } from "@/shared/components/said-bar";
import { useSaid } from "@/shared/hooks/use-said";
import { useWayBack } from "@/shared/hooks/use-way-back";
import { useMessages } from "@/shared/i18n/language-context";
import { KeysDialog } from "@/shared/keyboard/keys-dialog";
import { DecidersContext, useDecidersOf } from "@/shared/members/deciders";
import { DeletePhotoDialog } from "@/shared/photos/delete-photo-dialog";
import { enterFullScreen } from "@/shared/slideshow/full-screen";

import { countsQuery } from "../api/counts";
import { useGrouping } from "../api/grouping";
import { useSteps } from "../api/steps";
import { BottomBars } from "../components/bottom-bars";
import { ClockDialog, type ClockDialogFor } from "../components/clock-dialog";
import { FindMenu } from "../components/find-menu";
import { LeftOutNote } from "../components/left-out-note";
import { Lightbox } from "../components/lightbox";
import { NothingFound } from "../components/nothing-found";
import { NothingInView } from "../components/nothing-in-view";
import { type ListHandle, ReviewList } from "../components/review-list";
import { type Playing, ReviewSlideshow } from "../components/review-slideshow";
import { ReviewTools } from "../components/review-tools";
import { SlideshowChip } from "../components/slideshow-chip";
import { TouchHelp } from "../components/touch-help";
import { ViewChips } from "../components/view-chips";
import { useComeBack } from "../hooks/use-come-back";
import { type Coming, useComing } from "../hooks/use-coming";
import { useInspection } from "../hooks/use-inspection";
import { useOthers } from "../hooks/use-others";
import { useLookTime, usePaceNotes } from "../hooks/use-pace";
import { useReviewActions } from "../hooks/use-review-actions";
import { useReviewKeys } from "../hooks/use-review-keys";
import { type ReviewTranslate, useReviewWords } from "../hooks/use-review-words";
import { ReviewedAlbumContext } from "../hooks/use-thumbnail";
import { type LoadedTimeline, useTimeline } from "../hooks/use-timeline";
import { useToggled } from "../hooks/use-toggled";
import { acceptance, toAccept } from "../model/filters";
import { acceptanceOf, type Find, isFinding } from "../model/find";
import { type Place, placesIn } from "../model/places";
import { besideOf, hiddenIn, photosOf, rowsOf, rowWith } from "../model/rows";
import { slidesOf, startOf } from "../model/slides";
import { ALL_PICKS, picksOf } from "../model/wanted";
import { ReviewActionsContext } from "../review-context";
import { type Order, type ReviewSearch, searchOf, type View } from "../review-search";

import classes from "./review-page.module.css";

interface ReviewPageProps {
  album: Album;
  search: ReviewSearch;
  onSearch: (search: ReviewSearch) => void;
  /** `from` is the photo to come back to. */
  onCompare: (photoIds: readonly string[], groupId: string | null, from: string) => void;
  /** The photo that gets the focus once, after a comparison. */
  returnTo: string | undefined;
  /** It was opened from the large view. */
  returnsLarge: boolean;
  onReturned: () => void;
  /** Something lies over the page from now on: the way back comes to an entry without this state. */
  onOver: (state: { isOverPage: true }) => void;
  onProgress: () => void;
  /** This page sends photos to the album. */
  isUploading: boolean;
  /** The list of failed photos. */
  failed: ReactNode;
  /** What is shown above the groups while photos still come. */
  renderComing: (coming: Coming) => ReactNode;
}

const NONE: ReadonlySet<string> = new Set();

export function ReviewPage(props: ReviewPageProps) {
  const { album, search, onSearch } = props;
  const { t } = useReviewWords();
  const common = useMessages("common");
  const view = search.view ?? "all";
  const order = search.order ?? "time";
  const find = { name: search.name, camera: search.camera };
  const timeline = useTimeline(album.id, view, order, find);
  const { progress: grouping, seenAt } = useGrouping(album.id, props.isUploading);
  const { data: counts } = useQuery(countsQuery(album.id));
  const steps = useSteps(album.id);
  const deciders = useDecidersOf(album);
  const others = useOthers(album);
  const lookTime = useLookTime();

  const { ref: sizeRef, width: available } = useElementSize();
  const { height: viewport } = useViewportSize();
  const [expanded, toggleExpanded] = useToggled();
  const [facesToggled, toggleFaces] = useToggled();
  const { stretches } = timeline;
  const rows = useMemo(
    () =>
      available > 0
        ? rowsOf(stretches, { available, viewport, expanded, facesToggled, withDays: order === "time" })
        : [],
    [stretches, available, viewport, expanded, facesToggled, order],
  );

  const places = useMemo(() => (order === "time" ? placesIn(rows) : []), [rows, order]);

  const notePace = usePaceNotes(rows);
  const [activeId, setActiveId] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [isZoomed, setZoomed] = useState(false);
  const inspection = useInspection();
  const [selected, setSelected] = useState(NONE);
  const [areKeysShown, setKeysShown] = useState(false);
  const [clockFor, setClockFor] = useState<ClockDialogFor | null>(null);
  const [deleting, setDeleting] = useState<TimelinePhoto | null>(null);
  const [playing, setPlaying] = useState<Playing | null>(null);
  const lastPlayed = useRef<string | null>(null);
  const { said, say, endSaid } = useSaid();
  const list = useRef<ListHandle>(null);
  const large = useRef<HTMLDivElement>(null);
  const showInList = (photoId: string) => {
    const hidden = hiddenIn(rows, photoId);
    if (hidden !== null) toggleExpanded(hidden);
    setActiveId(photoId);
    list.current?.focus(photoId);
  };
  const show = (photoId: string) => {
    if (!isOpen) {
      showInList(photoId);
      return;
    }
    setActiveId(photoId);
    list.current?.reveal(photoId);
    // Not in the list: Tab would go on there, behind the large view.
    large.current?.focus();
  };
  const closeTop = () => {
    if (playing) {
      setPlaying(null);
      if (lastPlayed.current !== null) show(lastPlayed.current);
      return;
    }
    if (!isOpen) return;
    setOpen(false);
    setZoomed(false);
    if (activeId !== null) showInList(activeId);
  };
  const isOver = isOpen || playing !== null || props.returnTo !== undefined;
  const { enter, leave } = useWayBack(closeTop, isOver, props.onOver);
  const openLarge = () => {
    enter();
    setOpen(true);
  };
  const actions = useReviewActions({
    rows,
    activeId,
    selected,
    t,
    deciders,
    take: (step, on) => {
      notePace(step);
      steps.take(step, on);
    },
    say,
    activate: setActiveId,
    show,
    setSelected,
    openLarge,
    toggleExpanded,
    toggleFaces,
    onCompare: props.onCompare,
    onClock: (photoId) => setClockFor({ photoId }),
    onDelete: setDeleting,
  });
  const openSlideshow = () => {
    const slides = slidesOf(stretches, view);
    if (slides.length === 0) return;
    void enterFullScreen();
    lastPlayed.current = null;
    enter();
    setPlaying({ slides, startAt: startOf(stretches, activeId) });
  };
  useReviewKeys({
    rows,
    activeId,
    isOpen,
    isZoomed,
    isSelecting: selected.size > 0,
    actions,
    firstInView: () => list.current?.firstInView() ?? null,
    show,
    openLarge,
    closeLarge: leave,
    setZoomed,
    toggleLayer: inspection.toggle,
    openSlideshow,
    showKeys: () => setKeysShown(true),
  });

  const showAgain = (photoId: string) => {
    show(photoId);
    setOpen(props.returnsLarge);
  };
  useComeBack({ rows, returnTo: props.returnTo, show: showAgain, onReturned: props.onReturned });

  const hasRows = rows.length > 0;
  const activeRow = rowWith(rows, activeId);
  const activePhoto = activeRow && photosOf(activeRow).find(({ id }) => id === activeId);
  const accepting = isFinding(find) ? acceptanceOf(timeline.shown, view) : acceptance(view, counts);
  const accept = () => {
    const accepted = "ids" in accepting ? accepting.ids : toAccept(view);
    if (!accepted) return;
    const { unclear } = accepting;
    const rest = unclear > 0 ? `${t("needLook", { count: unclear })}, ${lookTime(unclear)}` : "";
    actions.acceptAll(accepted, rest);
  };
  const change = (next: ReviewSearch) => {
    setSelected(NONE);
    setActiveId(null);
    onSearch(next);
  };
  const look = (next: { view?: View; order?: Order; find?: Find }) =>
    change(searchOf(next.view ?? view, next.order ?? order, next.find ?? find));
  const jump = (place: Place, isDone: boolean) => {
    setActiveId(place.photoId);
    list.current?.jump(place.index);
    if (isDone) list.current?.focus(place.photoId);
  };
  const picks = picksOf(album, counts);
  const isRegrouping = grouping !== undefined && !grouping.done && grouping.unfinished === 0;
  const coming = useComing({
    grouping,
    seenAt,
    isUploading: props.isUploading,
    stretches: view === "all" && !isFinding(find) ? stretches : null,
  });
  const mayCome = view === "all" && (coming !== null || !grouping);
  return (
    <ReviewedAlbumContext value={album.id}>
      <DecidersContext value={deciders}>
        <ReviewActionsContext value={actions}>
          <div ref={sizeRef} className={classes.page}>
            <ViewChips albumId={album.id} view={view} onView={(next) => look({ view: next })}>
              <FindMenu
                find={find}
                timeline={timeline}
                places={places}
                onFind={(next) => look({ find: next })}
                onJump={jump}
              />
              {hasRows && <SlideshowChip onOpen={openSlideshow} />}
            </ViewChips>
            <ReviewTools
              available={available}
              picks={picks}
              similarity={album.similarity}
              order={order}
              {...accepting}
              isRegrouping={isRegrouping}
              status={coming ? "" : statusText(grouping, isRegrouping, t) || others}
              onPicks={actions.want}
              onSimilarity={actions.regroup}
              onOrder={(next) => look({ order: next })}
              onAccept={accept}
              onLook={() => look({ view: "unclear" })}
              onUndo={actions.undo}
              onRedo={actions.redo}
              onKeys={() => setKeysShown(true)}
              onClock={() => actions.openClock(null)}
            />
            <LeftOutNote
              picks={picks}
              isShown={view === "left-out"}
              onShow={() => look({ view: "left-out" })}
              onAll={() => actions.want(ALL_PICKS)}
            />
            {coming && props.renderComing(coming)}
            {grouping?.grouping === "failed" && (
              <Alert color="red" mb="md">
                {common("problemGrouping")}
              </Alert>
            )}
            {view === "failed" && (counts?.failed ?? 0) > 0 ? (
              props.failed
            ) : (
              <Content timeline={timeline} isLaidOut={available > 0} isEmpty={!hasRows}>
                {hasRows ? (
                  <ReviewList
                    key={`${view} ${order}`}
                    rows={rows}
                    places={places}
                    timeline={timeline}
                    activeId={activeId}
                    selected={selected}
                    handle={list}
                  />
                ) : isFinding(find) ? (
                  <NothingFound onStop={() => look({ find: {} })} />
                ) : (
                  !mayCome && <NothingInView view={view} onAll={() => change({})} onProgress={props.onProgress} />
                )}
              </Content>
            )}
          </div>
          <Lightbox
            row={isOpen && activeRow ? activeRow : null}
            photo={isOpen && activePhoto ? activePhoto : null}
            isZoomed={isZoomed}
            isCovered={clockFor !== null || areKeysShown || deleting !== null || playing !== null}
            inspection={inspection}
            middle={large}
            said={<SaidBar said={said} onUndo={actions.undo} onOver={endSaid} />}
            onZoom={setZoomed}
            onShow={show}
            onClose={leave}
          />
          <BottomBars
            said={isOpen ? null : said}
            selectedCount={selected.size}
            onUndo={actions.undo}
            onSaidOver={endSaid}
            onKeep={actions.keepSelected}
            onReject={actions.rejectSelected}
            onSplit={actions.splitSelected}
            onMerge={actions.mergeSelected}
            onCompare={actions.compareSelected}
            onClear={actions.clearSelection}
          />
          <ClockDialog
            albumId={album.id}
            shown={clockFor}
            onClose={() => setClockFor(null)}
            onChange={(change) => {
              setClockFor(null);
              actions.correctClock(change);
            }}
          />
          <DeletePhotoDialog
            albumId={album.id}
            photo={deleting}
            onClose={() => setDeleting(null)}
            onDeleted={() => {
              const beside = activeRow && deleting ? besideOf(activeRow, deleting.id) : null;
              setActiveId(beside);
              setSelected(new Set([...selected].filter((id) => id !== deleting?.id)));
              if (beside !== null) return;
              leave();
            }}
          />
          <ReviewSlideshow
            playing={playing}
            onClose={(lastId) => {
              lastPlayed.current = lastId;
              leave();
            }}
          />
          <KeysDialog page={isOpen ? "large" : "review"} opened={areKeysShown} onClose={() => setKeysShown(false)}>
            <TouchHelp />
          </KeysDialog>
        </ReviewActionsContext>
      </DecidersContext>
    </ReviewedAlbumContext>
  );
}

function statusText(grouping: Progress | undefined, isRegrouping: boolean, t: ReviewTranslate): string {
  if (isRegrouping) return t("regrouping");
  return grouping && grouping.unfinished > 0 ? t("analyzing", { count: grouping.unfinished }) : "";
}

interface ContentProps {
  timeline: LoadedTimeline;
  isLaidOut: boolean;
  isEmpty: boolean;
  children: ReactNode;
}

function Content({ timeline, isLaidOut, isEmpty, children }: ContentProps) {
  if (isEmpty && timeline.error) return <PageError error={timeline.error} onRetry={timeline.retry} />;
  if (!isLaidOut || (isEmpty && timeline.isPending)) return <PageLoading />;
  return children;
}
