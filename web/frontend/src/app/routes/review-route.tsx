import { useSuspenseQuery } from "@tanstack/react-query";
import { useLocation, useNavigate, useParams, useSearch } from "@tanstack/react-router";

import { albumQuery } from "@/features/albums/api/albums";
import { FailedPhotos } from "@/features/progress/components/failed-photos";
import { ReviewPage } from "@/features/review/pages/review-page";
import { useIsUploading } from "@/features/upload/uploads-context";
import { ChosenAlbumContext } from "@/shared/guest-choices/chosen";

import { ReviewWaiting } from "./review-waiting";

declare module "@tanstack/history" {
  interface HistoryState {
    /** The photo of the review from which the comparison was opened, for the way back. */
    comparedFrom?: string;
    /** Something lies over the page, which the way back closes. */
    isOverPage?: true;
  }
}

export function ReviewRoute() {
  const { albumId } = useParams({ from: "/signed-in/albums/$albumId/review" });
  const search = useSearch({ from: "/signed-in/albums/$albumId/review" });
  const navigate = useNavigate();
  const comparedFrom = useLocation({ select: ({ state }) => state.comparedFrom });
  // Only at the return: otherwise the page would be rendered once more when the large view opens and closes.
  const returnsLarge = useLocation({ select: ({ state }) => Boolean(state.comparedFrom && state.isOverPage) });
  const remember = (photoId: string | undefined) =>
    navigate({
      to: "/albums/$albumId/review",
      params: { albumId },
      search,
      // The large view stays a step of the way back.
      state: ({ isOverPage }) => ({
        ...(photoId ? { comparedFrom: photoId } : {}),
        ...(isOverPage ? { isOverPage } : {}),
      }),
      replace: true,
      resetScroll: false,
    });
  const { data: album } = useSuspenseQuery(albumQuery(albumId));
  const isUploading = useIsUploading(albumId);
  return (
    <ChosenAlbumContext value={album.is_own ? albumId : null}>
      <ReviewPage
        // Another album is another page, with nothing of this one in it.
        key={albumId}
        album={album}
        search={search}
        onSearch={(next) => {
          void navigate({
            to: "/albums/$albumId/review",
            params: { albumId },
            search: next,
            replace: true,
            resetScroll: false,
          });
        }}
        returnTo={comparedFrom}
        returnsLarge={returnsLarge}
        onReturned={() => void remember(undefined)}
        onOver={(state) =>
          void navigate({
            to: "/albums/$albumId/review",
            params: { albumId },
            search,
            state,
            resetScroll: false,
          })
        }
        onCompare={(photoIds, groupId, from) => {
          void remember(from).then(() =>
            navigate({
              to: "/albums/$albumId/compare",
              params: { albumId },
              search: { photos: photoIds.join(","), ...(groupId ? { cluster: groupId } : {}) },
            }),
          );
        }}
        onProgress={() => void navigate({ to: "/albums/$albumId/progress", params: { albumId } })}
        isUploading={isUploading}
        renderComing={(coming) => <ReviewWaiting albumId={albumId} coming={coming} />}
        failed={<FailedPhotos album={album} count={album.failed_count} />}
      />
    </ChosenAlbumContext>
  );
}
