import { useNavigate, useParams, useRouter, useSearch } from "@tanstack/react-router";

import { ComparePage } from "@/features/compare/pages/compare-page";

export function CompareRoute() {
  const { albumId } = useParams({ from: "/signed-in/albums/$albumId/compare" });
  const { photos, cluster } = useSearch({ from: "/signed-in/albums/$albumId/compare" });
  const navigate = useNavigate();
  const { history } = useRouter();
  return (
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
  );
}
