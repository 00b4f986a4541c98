import { useState } from "react";

import type { PhotoDetail, TimelinePhoto } from "@/shared/api/schema-types";
import type { PixelReader } from "@/shared/pictures/pixel-reader";
import type { Point } from "@/shared/zoom/pan-zoom";
import type { Swipe } from "@/shared/zoom/swipe";
import type { KeptZoom } from "@/shared/zoom/use-kept-zoom";
import { ZoomPane } from "@/shared/zoom/zoom-pane";

import type { Inspection } from "../hooks/use-inspection";

import { ExposurePanel } from "./exposure-panel";
import { LargePicture } from "./large-picture";
import { LargeTools } from "./large-tools";

interface LargePhotoProps {
  photo: TimelinePhoto;
  /** Undefined until it has come. */
  detail: PhotoDetail | undefined;
  alt: string;
  zoom: KeptZoom;
  inspection: Inspection;
  reader: PixelReader;
  onSwipe: (swipe: Swipe) => void;
}

const MIDDLE: Point = { x: 0, y: 0 };

/** One photo to zoom into; while it is shown whole, a finger swipes to another or closes it. */
export function LargePhoto({ photo, detail, alt, zoom, inspection, reader, onSwipe }: LargePhotoProps) {
  const [pulled, setPulled] = useState(MIDDLE);
  return (
    <>
      <ZoomPane
        photo={photo}
        view={zoom.view}
        onMeasured={zoom.measured}
        onChange={zoom.change}
        swipe={zoom.isLarger ? undefined : { onPull: setPulled, onSwipe }}
      >
        {zoom.frame && (
          <LargePicture
            key={photo.id}
            photoId={photo.id}
            detail={detail}
            alt={alt}
            view={zoom.view}
            frame={zoom.frame}
            pulled={pulled}
            inspection={inspection}
            reader={reader}
          />
        )}
      </ZoomPane>
      {inspection.info && detail && <ExposurePanel photo={detail} />}
      <LargeTools inspection={inspection} />
    </>
  );
}
