// What can be seen and heard in the room just now, as plain values.

export const NOBODY = {
  other: false, // somebody else is inside
  camera: null, // their picture
  screen: null, // what they show
  sounds: [], // their sound tracks
  muted: false,
  speaking: false,
  paused: false, // the line carries no picture of theirs
  otherLine: "unknown",
  myLine: "unknown",
  myCamera: null,
  myMicrophone: false,
  sharing: false,
  silenced: false, // the browser keeps the sound back until a press
};

const shown = (pub) => (pub && !pub.isMuted && pub.track ? pub.track : null);

// The one whose face fills the room: who shares, then who has a picture, then who came first.
function chief(room) {
  const all = [...room.remoteParticipants.values()];
  const rank = (one) =>
    (one.getTrackPublication("screen_share") ? 2 : 0) + (shown(one.getTrackPublication("camera")) ? 1 : 0);
  return all.sort((a, b) => rank(b) - rank(a))[0];
}

export function seen(room, quality) {
  const me = room.localParticipant;
  const mine = {
    myLine: me.connectionQuality,
    myCamera: shown(me.getTrackPublication("camera")),
    myMicrophone: me.isMicrophoneEnabled,
    sharing: me.isScreenShareEnabled,
    silenced: !room.canPlaybackAudio,
  };
  const them = chief(room);
  if (!them) return { ...NOBODY, ...mine };
  const camera = them.getTrackPublication("camera");
  const sound = them.getTrackPublication("microphone");
  return {
    ...mine,
    other: true,
    camera: quality === "sound" ? null : shown(camera),
    screen: shown(them.getTrackPublication("screen_share")),
    sounds: soundsOf(room),
    muted: !sound || sound.isMuted,
    speaking: them.isSpeaking,
    paused: camera?.track?.streamState === "paused",
    otherLine: them.connectionQuality,
  };
}

let lastSounds = [];

function soundsOf(room) {
  const now = [...room.remoteParticipants.values()].flatMap((one) =>
    [...one.audioTrackPublications.values()].map((pub) => pub.track).filter(Boolean),
  );
  const same = now.length === lastSounds.length && now.every((track, i) => track === lastSounds[i]);
  if (!same) lastSounds = now;
  return lastSounds;
}
