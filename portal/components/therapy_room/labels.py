"""Every sentence of the therapy room; the component itself fills `{other}`, `{time}`, `{span}` and the like."""

from __future__ import annotations

from typing import Any

from portal.texts import t


def labels() -> dict[str, Any]:
    """Sentences by the key that the component knows them by."""
    return _before() | _devices() | _trouble() | _call() | _line() | _panels() | _after()


def _before() -> dict[str, Any]:
    return {
        "nothing": "",
        "room_name": t("Video visit"),
        "opening": t("Opening the room"),
        "zone_of": t("{city} time"),
        "right_place": t("You are in the right place"),
        "right_place_name": t("You are in the right place, {self}"),
        "early_lead": t("You are early, and that is fine. You can try camera and sound meanwhile."),
        "open_lead": t(
            "Check camera and sound, then tell {short} that you are here. Nobody sees you before you say so."
        ),
        "waiting_lead": t("Make yourself comfortable. You don’t have to do anything."),
        "admitted_lead": t("{short} has let you in. Go in when you are ready."),
        "visit_at": t("Your visit is at {time}, {zone}."),
        "visit_at_in": t("Your visit is at {time}, {zone}, in {span}."),
        "visit_on": t("Your visit is on {day} at {time}, {zone}."),
        "visit_on_in": t("Your visit is on {day} at {time}, {zone}, in {span}."),
        "if_it_fails": t("If something does not work, call the practice on {phone}."),
        "i_am_here": t("Tell {short} I am here"),
        "go_back_in": t("Go into the room"),
        "waiting_known": t("{short} will let you in."),
        "waiting_there": t("{short} is in the room and will let you in."),
        "waiting_busy": t("{short} is still in another visit, and lets you in after it."),
        "place_title": t("Where are you today?"),
        "place_why": t("So that we can send help to the right door if it is ever needed. Only {short} sees it."),
        "place_label": t("The address where you are now"),
        "place_usual": t("You told us this address before. Change it if you are somewhere else."),
        "place_tell": t("Keep this address"),
        "place_kept": t("Kept for this visit"),
        "place_change": t("I am somewhere else"),
        "place_missing": t("Please write where you are."),
        "place_failed": t("The clinic’s server did not answer. What you wrote is still here, and we try again."),
        "place_early": t("The room is not open yet. Please tell us where you are when it is."),
        "place_finished": t("The visit is over, so this was not kept."),
        "stop_waiting": t("Go out again"),
        "waiting_how": t("When {short} lets you in, picture and sound start by themselves, as you set them here."),
        "waiting_away": t("We cannot reach the clinic just now."),
        "waiting_away_how": t("We try again every few seconds. Your place is kept. Leave this page open."),
        "opens_at": t("The room opens at {time}, {zone}"),
        "opens_on": t("The room opens on {day} at {time}, {zone}"),
        "opens_in": t("In {span}. This page opens it by itself."),
        "opens_now": t("Any moment now. This page opens it by itself."),
        "unsigned": t("Your consent to video is taken back"),
        "unsigned_more": t(
            "Without it nobody can be let in. Your visit stays booked: sign again, or call the practice."
        ),
        "unsigned_more_phone": t(
            "Without it nobody can be let in. Your visit stays booked: sign again, or call the practice on {phone}."
        ),
        "unsigned_staff": t("Consent taken back {time}"),
        "unsigned_staff_more": t("Nobody can be let in until {short} signs again. You can go on by phone."),
        "sign_again": t("Sign again"),
        "lobby_title": t("The room for {other}"),
        "lobby_early": t("You can try camera and sound until the room opens."),
        "lobby_empty": t("Waiting for {short}. You can go in first: the knock shows up inside, too."),
        "lobby_waiting": t("{short} is ready. Camera and sound start as you set them here."),
        "lobby_admitted": t("{short} has been let in."),
        "knock": t("{short} is in the waiting room"),
        "knock_since": t("since {time}, for {span}"),
        "let_in": t("Let {short} in"),
        "go_in_first": t("Go in and wait"),
    }


def _devices() -> dict[str, Any]:
    return {
        "own_picture": t("Your own picture"),
        "only_you": t("Only you see this"),
        "try_devices": t("Try camera and sound"),
        "try_hint": t("Your browser asks whether this page may use them. Nobody sees or hears you yet."),
        "asking": t("Your browser is asking you, mostly at the top of the window."),
        "no_picture": t("No picture. Your visit works with sound alone."),
        "camera_on": t("Camera on"),
        "camera_off": t("Camera off"),
        "microphone_on": t("Mic on"),
        "microphone_off": t("Mic off"),
        "level_good": t("We can hear you well."),
        "level_quiet": t("Say a few words, so that we hear you."),
        "camera_label": t("Camera"),
        "microphone_label": t("Microphone"),
        "speaker_label": t("Sound comes from"),
        "default_device": t("What this device uses by itself"),
        "play_sample": t("Play two soft notes"),
    }


def _trouble() -> dict[str, Any]:
    return {
        "denied_camera": t("We can’t use your camera yet"),
        "denied_microphone": t("We can’t use your microphone yet"),
        "denied_both": t("We can’t use your camera and microphone yet"),
        "denied_lead": t("Your browser is keeping them back, which is its job. To let them go:"),
        "denied_step_1": t("Touch the sign beside the address, at the top."),
        "denied_step_2": t("Turn on Camera and Microphone."),
        "denied_step_3": t("Come back here and look again."),
        "missing_camera": t("We found no camera"),
        "missing_microphone": t("We found no microphone"),
        "missing_both": t("We found no camera and no microphone"),
        "missing_lead": t("Plug one in, or switch it on, and look again."),
        "busy_camera": t("Something else is using your camera"),
        "busy_microphone": t("Something else is using your microphone"),
        "busy_both": t("Something else is using your camera and microphone"),
        "busy_lead": t("Often it is another video call, here or in another window. Close it and look again."),
        "browser_camera": t("This browser cannot make video calls"),
        "browser_microphone": t("This browser cannot make video calls"),
        "browser_both": t("This browser cannot make video calls"),
        "browser_lead": t("Open this page in a newer one: Chrome, Edge, Firefox or Safari."),
        "other_camera": t("Your camera did not start"),
        "other_microphone": t("Your microphone did not start"),
        "other_both": t("Your camera and microphone did not start"),
        "other_lead": t("Look again. If that does not help, close the browser and open it anew."),
        "look_again": t("Look again"),
        "sound_only": t("Go on with sound only"),
    }


def _call() -> dict[str, Any]:
    return {
        "call_title": t("Visit with {other}"),
        "other_picture": t("{other}, video"),
        "other_screen": t("What {short} shows you"),
        "going_in": t("Going in"),
        "coming_back": t("Coming back"),
        "nobody_yet": t("Waiting for {short}. Nobody else is in the room."),
        "other_left": t("{short} is not in the room just now and can come back. Nobody else is here."),
        "news_together": t("You and {short} are in the room."),
        "other_speaks": t("{short} is speaking"),
        "other_paused": t("The line carries no picture just now. You hear each other as before."),
        "by_sound": t("You and {short} hear each other."),
        "other_no_camera": t("{short} has the camera off."),
        "other_muted": t("muted"),
        "clock": t("{span} · ends {time}"),
        "clock_open": t("{span}"),
        "move_me": t("Your own picture. Press to move it to another corner."),
        "controls": t("Call"),
        "mute": t("Mute"),
        "mute_name": t("Mute your microphone"),
        "muted": t("Muted"),
        "muted_name": t("Muted. Turn your microphone on"),
        "camera_stop": t("Camera off"),
        "camera_stop_name": t("Camera off: stop your picture"),
        "camera_stopped": t("No camera"),
        "camera_stopped_name": t("No camera. Turn your picture on"),
        "share": t("Share"),
        "share_stop": t("Stop sharing"),
        "they_see_screen": t("{short} sees your screen."),
        "safety": t("Safety"),
        "more": t("More"),
        "leave": t("Leave"),
    }


def _line() -> dict[str, Any]:
    return {
        "clinic_away": t("The clinic’s server does not answer. Your call goes on."),
        "clinic_away_more": t("Everything else waits until it is back."),
        "silenced": t("Your browser keeps the sound back."),
        "sound_on": t("Turn the sound on"),
        "mishap_camera": t("Your camera did not start. Another program may be using it. The sound goes on."),
        "mishap_microphone": t("Your microphone did not start. Choose another one under More."),
        "mishap_speaker": t("That loudspeaker did not start. The sound goes on as before."),
        "mishap_screen": t("Your screen could not be shown. The call goes on."),
        "rung_mine": t("Your line is weak"),
        "rung_mine_more": t("Sound goes before picture. It helps to come nearer to the router."),
        "rung_theirs": t("Lighter picture"),
        "rung_theirs_more": t("The line of {short} is weak, so the picture is turned down. The sound is good."),
        "rung_theirs_lost": t("{short} is losing the line"),
        "rung_theirs_lost_more": t("It often comes back by itself within a minute. You can stay."),
        "rung_still": t("The picture stands still"),
        "rung_still_more": t("You may still hear each other. It often comes back by itself within a minute."),
        "rung_paused": t("Sound only, for now"),
        "rung_paused_more": t("The line can’t carry a picture. You hear each other as before."),
        "rung_light_chosen": t("Lighter picture"),
        "rung_light_chosen_more": t("You chose it under More."),
        "rung_sound_chosen": t("Sound only"),
        "rung_sound_chosen_more": t("You chose it under More. Screens that are shared still arrive."),
        "line_gone": t("The line is gone for a moment"),
        "line_gone_more": t("We are bringing you back. You don’t have to do anything."),
        "line_lost": t("The video line is gone"),
        "video_down": t("The video does not start"),
        "by_phone": t("You can go on by phone. The practice is at:"),
        "by_phone_unknown": t("Please keep your phone at hand."),
        "line_lost_more": t("We keep trying. When the line is back, you are back in the room by yourself."),
        "try_now": t("Try again now"),
    }


def _panels() -> dict[str, Any]:
    return {
        "close": t("Close"),
        "more_title": t("Devices and picture"),
        "quality": t("How much picture"),
        "quality_auto": t("As the line allows"),
        "quality_auto_more": t("Best for most."),
        "quality_light": t("Lighter picture"),
        "quality_light_more": t("For a weak line or a small data plan."),
        "quality_sound": t("Sound only"),
        "quality_sound_more": t("No picture either way."),
        "hide_me": t("Hide my own picture from me"),
        "show_me": t("Show my own picture"),
        "safety_title": t("Safety: {short}"),
        "safety_place": t("Where they are today, said at {time}"),
        "safety_place_on": t("Where they were, said on {day} at {time}"),
        "safety_place_usual": t("Where they usually are; not said for today"),
        "safety_phone": t("Phone"),
        "safety_contact": t("Whom they asked us to call"),
        "safety_flag": t("In their answers: {flag}"),
        "safety_recorded": t("{short} does not see this sheet. Opening it is written to the record."),
        "safety_failed": t(
            "The clinic’s server does not answer, so their details are missing here. The lines below work."
        ),
    }


def _after() -> dict[str, Any]:
    return {
        "left_title": t("You left the room"),
        "left_lead": t("The visit is still open. You can come back until {short} ends it."),
        "left_lead_staff": t("The visit is still open: you and {short} can both come back until you finish it."),
        "come_back": t("Come back to the room"),
        "finish": t("Finish the visit"),
        "finish_title": t("Finish the visit with {short}?"),
        "finish_lead": t("Nobody can come back into the room after that. Your note stays open until you sign it."),
        "finish_failed": t("The clinic’s server did not answer. The visit is still open; please try again."),
        "finish_yes": t("Finish the visit"),
        "finish_no": t("Keep it open"),
        "ended_title": t("The visit has ended"),
        "ended_title_staff": t("The visit is finished"),
        "ended_lead": t("Your papers and your next times are under your visits."),
        "ended_title_phone": t("Your visit took place by phone"),
        "ended_lead_phone": t("{short} has noted that the visit took place by phone."),
        "ended_phone": t("If that is not right, or you need something, call the practice on {phone}."),
        "ended_ask": t("If you need something, call the practice on {phone}."),
        "ended_lead_staff": t("The room is closed for both of you. The note is next."),
        "elsewhere_title": t("The visit was opened on another device"),
        "elsewhere_lead": t("You are in the room there, so this page let go."),
        "use_this_device": t("Use this device instead"),
        "removed_title": t("You are out of the room"),
        "removed_lead": t("The room was closed on the other side. The visit may still be open."),
        "no_video_title": t("The video is not working just now"),
        "no_video_lead_staff": t(
            "The visit can go on by phone: the safety sheet on the visit page has {short}’s number. Afterwards say "
            "there that it took place by phone."
        ),
        "no_video_lead": t("Your visit is not lost: it can go on by phone."),
        "no_video_phone": t("The practice’s phone"),
        "no_video_more": t("This page looks every few seconds whether the video is back."),
        "gone_title": t("There is no such room here"),
        "gone_lead": t("The address may be an old one, or it belongs to another account."),
        "signed_out_title": t("Please sign in again"),
        "signed_out_lead": t("You were signed out for safety. Your place in the room is kept."),
        "sign_in": t("Sign in"),
        "no_clinic_title": t("The clinic’s server does not answer"),
        "no_clinic_lead": t("We try again every few seconds. Your visit is kept."),
        "to_home": t("To your visits"),
        "to_visit": t("Back to the visit page"),
        "to_note": t("Write the note"),
    }
