import type { components } from "./schema";

/** Every object the API speaks of, by its name in the schema. */
type Schemas = components["schemas"];

export type Account = Schemas["AccountOutput"];
export type Album = Schemas["AlbumOutput"];
export type AlbumChange = Schemas["AlbumChangeOutput"];
export type CameraClock = Schemas["CameraClockOutput"];
export type CloseUp = Schemas["CloseUpOutput"];
export type Export = Schemas["ExportOutput"];
export type ExportOptions = Required<Schemas["ExportInput"]>;
export type ExportPreview = Schemas["ExportPreviewOutput"];
export type PrintOptions = Required<Schemas["PrintInput"]>;
export type PrintPreview = Schemas["PrintPreviewOutput"];
export type PrintPage = Schemas["PrintPageOutput"];
export type Face = Schemas["FaceOutput"];
export type Frames = Schemas["FramesOutput"];
export type PersonalRanker = Schemas["PersonalRankerOutput"];
export type Overruled = Schemas["OverruledOutput"];
export type Photo = Schemas["PhotoOutput"];
export type PhotoDetail = Schemas["PhotoDetailOutput"];
export type PhotoChange = Schemas["PhotoChangeOutput"];
export type PhotoDecision = Schemas["PhotoDecision"];
export type Progress = Schemas["ProgressOutput"];
export type ReviewCounts = Schemas["ReviewCountsOutput"];
export type Thumbnail = Schemas["ThumbnailOutput"];
/** The timeline as the pages have it: they say groups for what the API calls clusters. */
export interface Timeline {
  groups: TimelineGroup[];
  singles: TimelinePhoto[];
}
export type TimelineGroup = Schemas["TimelineClusterOutput"];
export type TimelinePhoto = Schemas["TimelinePhotoOutput"];
export type QuotaUsage = Schemas["QuotaUsageOutput"];
export type ReasonCode = Schemas["ReasonCode"];
export type SignedInSession = Schemas["SessionOutput"];
export type Token = Schemas["TokenOutput"];
export type CreatedToken = Schemas["TokenCreatedOutput"];
export type UploadFile = Schemas["UploadFileInput"];
export type UploadResult = Schemas["UploadResultOutput"];
export type PresignedUpload = Schemas["PresignedUploadOutput"];
export type UploadParts = Schemas["PartsOutput"];
export type UploadCompletion = Schemas["UploadCompletionOutput"];
export type Share = Schemas["ShareOutput"];
export type ShareInput = Schemas["ShareInput"];
export type ShareRole = Share["role"];
export type ShareGuest = Schemas["GuestOutput"];
export type ChosenPhoto = Schemas["ChosenPhotoOutput"];
/** What a guest with a link sees. */
export type SharedAlbum = Schemas["SharedOutput"];
export type SharedDetails = Schemas["SharedDetailsOutput"];
export type SharedMe = Schemas["SharedMeOutput"];
export type SharedPhoto = Schemas["SharedPhotoOutput"];
export type ShareChange = Schemas["ShareChangeInput"];
