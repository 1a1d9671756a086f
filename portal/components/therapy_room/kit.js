// The video kit is the heavy part: it starts to load with this file, beside the first screen and not before it.

let loading;

// What could not be fetched is fetched again when it is next asked for.
export function kit() {
  loading ??= import("livekit-client").catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

kit().catch(() => {});

const REPAIRS = [0, 300, 1200, 2700, 4800];

// The kit's lower levels print addresses that carry a token, and its own switch would write into the browser's store.
async function hushed() {
  const all = await kit();
  Object.values(all.LoggerNames).forEach((name) => all.getLogger(name).setLevel("error", false));
  return all;
}

export async function newRoom() {
  const { AudioPresets, DefaultReconnectPolicy, Room, VideoPresets } = await hushed();
  return new Room({
    adaptiveStream: true,
    dynacast: true,
    disconnectOnPageLeave: false, // ours: leaving a page for good is told apart from a dialog about it
    stopLocalTrackOnUnpublish: false, // a lost server must not cost the camera
    reconnectPolicy: new DefaultReconnectPolicy(REPAIRS), // then ours: it can open the room again
    videoCaptureDefaults: { resolution: VideoPresets.h540.resolution },
    audioCaptureDefaults: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    publishDefaults: {
      simulcast: true,
      videoCodec: "vp8",
      videoEncoding: VideoPresets.h540.encoding,
      videoSimulcastLayers: [VideoPresets.h180, VideoPresets.h360],
      audioPreset: AudioPresets.speech,
      dtx: true,
      red: true,
    },
  });
}

// Our preview becomes what is published: the camera is not opened twice.
export async function localTracks({ camera, microphone }, wishes) {
  const { LocalAudioTrack, LocalVideoTrack, Track } = await kit();
  const made = {};
  if (camera) {
    made.camera = new LocalVideoTrack(camera, wishes.camera, false);
    made.camera.source = Track.Source.Camera;
  }
  if (microphone) {
    made.microphone = new LocalAudioTrack(microphone, wishes.microphone, false);
    made.microphone.source = Track.Source.Microphone;
  }
  return made;
}

// How much picture the line is to carry: all that it can, the small one, or none but a screen that is shown.
export async function carry(room, quality) {
  const { VideoQuality } = await kit();
  const top = quality === "light" ? VideoQuality.LOW : VideoQuality.HIGH;
  for (const other of room.remoteParticipants.values()) {
    for (const pub of other.videoTrackPublications.values()) {
      pub.setVideoQuality(top);
      pub.setEnabled(quality !== "sound" || pub.source === "screen_share");
    }
  }
  room.localParticipant.getTrackPublication("camera")?.track?.setPublishingQuality?.(top);
}
