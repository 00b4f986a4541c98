import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useRouter, useSearch } from "@tanstack/react-router";

import { albumQuery } from "@/features/albums/api/albums";
import { ComparePage } from "@/features/compare/pages/compare-page";
import { ChosenAlbumContext } from "@/shared/guest-choices/chosen";

export function CompareRoute() {
  const { albumId } = useParams({ from: "/signed-in/albums/$albumId/compare" });
  const { photos, cluster } = useSearch({ from: "/signed-in/albums/$albumId/compare" });
  const navigate = useNavigate();
  const { history } = useRouter();
  const { data: album } = useQuery(albumQuery(albumId));
  return (
    <ChosenAlbumContext value={album?.is_own ? albumId : null}>
      <ComparePage
        // Another album is another page, with nothing of this one in it.
        key={albumId}
        albumId={albumId}
        wanted={{ photoIds: photos?.split(",") ?? [], clusterId: cluster }}
        onShown={(ids) =>
          void navigate({
            to: "/albums/$albumId/compare",
            params: { albumId },
            search: { photos: ids.join(","), ...(cluster ? { cluster } : {}) },
            replace: true,
          })
        }
        onClose={() => {
          // To where the review was, when it led here.
          if (history.canGoBack()) history.back();
          else void navigate({ to: "/albums/$albumId/review", params: { albumId } });
        }}
      />
    </ChosenAlbumContext>
  );
}
