//! What a person reads for each reason why something is not possible now.

/// For a reason that has no words of its own yet.
const UNNAMED: &str = "That is not possible at the moment.";

/// What happened, and what is safe and what to do.
pub fn reason_words(reason: &str) -> (&'static str, &'static str) {
    match reason {
        "already-exists" => (
            "There is a Belay here already.",
            "It was not touched. `--dir` names another place for a second one.",
        ),
        "already-syncing" => (
            "Another Belay is syncing this store at the moment.",
            "Nothing waits for you; what is saved goes out with that one.",
        ),
        "already-paired" => (
            "The two of you are partners already.",
            "`belay partner list` shows how it stands.",
        ),
        "not-agreed" => (
            "Before the first partnership Belay asks two things: your age, and whether you agree to the terms.",
            "Nothing was changed. `belay agree` shows and asks both, once.",
        ),
        "being-deleted" => (
            "Everything in this store was deleted; what is left only says goodbye.",
            "`belay sync` finishes it; `belay delete-everything --tell-nobody` ends it at once.",
        ),
        "busy" => (
            "Another program is writing to this store.",
            "Nothing was changed. Try again in a moment.",
        ),
        "device-not-waiting" => (
            "This Belay is yours already; it waits for nobody.",
            "Nothing was changed. A further device begins with `belay device join`, in a folder of its own.",
        ),
        "device-removed" => (
            "This device was removed by another one of yours.",
            "What is on it stays readable here. `belay device list` says when and by which.",
        ),
        "this-device" => (
            "That is this very device.",
            "Nothing was changed. `belay delete-everything` takes everything off it; your other devices go on.",
        ),
        "device-waiting" => (
            "This device is not one of yours yet.",
            "Show a code on your other device with `belay device add`, and join with `belay device join`.",
        ),
        "enough-erased-today" => (
            "20 things were erased today already. That is so that nobody who picks up this device can empty it.",
            "Nothing was changed. Delete the entry to hide it now, or erase the rest tomorrow.",
        ),
        "nudge-not-agreed" => (
            "Their card allows no nudges, or has not come yet.",
            "Nothing was sent. You can write to them by answering what they share.",
        ),
        "nudge-topic-unwelcome" => (
            "Their card says not to nudge about that.",
            "Nothing was sent. `belay partner card` shows what is welcome.",
        ),
        "nudges-used-up" => (
            "That was as many nudges as their card allows in a day.",
            "Nothing was sent. Tomorrow there is room again.",
        ),
        "folder-not-writable" => (
            "Belay may not write in this folder.",
            "Nothing was changed. Give the folder and its files back to your account, or name another place \
             with `--dir` or BELAY_DIR.",
        ),
        "invitation-burned" => (
            "This invitation is burnt: it was taken back, or something on the way was not from them.",
            "No partnership was made. Make a new one, and compare the words.",
        ),
        "invitation-cancelled" => (
            "This invitation was taken back.",
            "Nobody can use it any more. A new one is made in a moment.",
        ),
        "invitation-damaged" => (
            "Something of the invitation is missing or mistyped.",
            "Nothing was changed. Copy the whole line once more.",
        ),
        "invitation-expired" => (
            "This invitation has run out.",
            "Nothing was changed. Ask for a new one.",
        ),
        "invitation-not-found" => (
            "The relay knows no such invitation.",
            "Nothing was changed. Is every word the one you were told, and the relay the same? Else it ran \
             out.",
        ),
        "invitation-own" => (
            "This is your own invitation.",
            "Nothing was changed. It is for the other person's device.",
        ),
        "invitation-used" => (
            "This invitation was used already, or taken back.",
            "Nothing was changed. If it was not you two, make a new one and compare the words.",
        ),
        "key-file-damaged" => (
            "The file with the sealed key of this store is not whole.",
            "The store was not touched. Put back a copy of that file if you have one.",
        ),
        "key-file-missing" => (
            "The file with the sealed key of this store is not there.",
            "The store was not touched, and it stays closed without that file. Put it back.",
        ),
        "no-sealed-copy" => (
            "Nothing of yours leaves this device so far, so another one would stay empty.",
            "`belay device copy on` lets your relay keep a copy that only your devices can open.",
        ),
        "attachment-damaged" => (
            "What lies here of that attachment is not what was attached.",
            "Nothing of it was opened. Another device of yours may still have it whole.",
        ),
        "not-here-yet" => (
            "That is not on this device yet.",
            "It comes when you sync, as soon as a device that has it did.",
        ),
        "bundle-cut-short" => (
            "The file ends in the middle.",
            "What came before that is saved. Read the whole file: it goes on from there.",
        ),
        "bundle-damaged" => (
            "Part of the file is not as it was written.",
            "What came before that is saved. Ask for the file once more.",
        ),
        "bundle-for-others" => (
            "Nothing in this file is for you on this device.",
            "Nothing of it was taken in. Ask for one that is made for you.",
        ),
        "file-not-usable" => (
            "That file cannot be read or written.",
            "Nothing was changed in your store. Name another file, or give its folder to your account.",
        ),
        "not-a-bundle" => (
            "That file is no bundle of Belay.",
            "Nothing was changed. `belay bundle write` makes one.",
        ),
        "not-a-device" => (
            "That is not what a device of yours shows of itself.",
            "Nothing was changed. Show the code again.",
        ),
        "too-many-devices" => (
            "You have 64 devices, and that is as many as there can be.",
            "Nothing was changed.",
        ),
        "no-network" => (
            "Other devices cannot call this one on the network it is in.",
            "Everything is saved here. Join a network, or name the other device: `belay sync --lan --peer ADDRESS:PORT`.",
        ),
        "no-relay" => (
            "Belay knows no relay yet.",
            "Everything is saved here. `belay relay set URL` names one that you or a friend runs.",
        ),
        "mixed-shares" => (
            "These shares do not belong together.",
            "Nothing was changed. Ask for shares that were made on one day; a newer set takes the place of an older one.",
        ),
        "no-copy-found" => (
            "Nothing is there that these words open.",
            "Nothing was changed. Check the address of the relay, and that the words are yours. A file or another device of yours works too.",
        ),
        "no-device-near" => (
            "None of your devices hands over in this room.",
            "Nothing was changed. Type `belay device hand-over` on the one you still have; both need the same network.",
        ),
        "not-a-share" => (
            "That is not a share of recovery words.",
            "Nothing was changed. A share begins with BELAY-SHARE: and is one long line.",
        ),
        "not-sealed-to-words" => (
            "The words cannot open this store: it was made as a further device.",
            "Nothing was changed. Begin in another folder with `belay recover`, or use another device of yours.",
        ),
        "share-damaged" => (
            "Something of the share is missing or mistyped.",
            "Nothing was changed. Compare it with the original.",
        ),
        "too-few-shares" => (
            "These are fewer shares than are needed.",
            "Nothing was changed. Ask one more person for theirs.",
        ),
        "words-replaced" => (
            "These words were replaced by newer ones.",
            "Nothing was changed. The newer ones bring everything back.",
        ),
        "wrong-shares" => (
            "These shares do not give the words they were made of.",
            "Nothing was changed. One of them was altered; try another person’s.",
        ),
        "no-recovery-words" => (
            "The recovery words were confirmed and are no longer kept here.",
            "They are on the paper you wrote them on.",
        ),
        "not-an-invitation" => (
            "That is not an invitation to Belay.",
            "Nothing was changed. It is one long line, a link, or four words.",
        ),
        "not-compared" => (
            "The four words were not compared yet.",
            "Nothing was changed. `belay pair compare` shows them.",
        ),
        "not-in-space" => (
            "You are no longer partners there.",
            "Nothing was changed; what you wrote stays with you.",
        ),
        "pairing-refused" => (
            "The two devices did not agree, so no partnership was made.",
            "Nothing of yours was sent. Make a new invitation, best with both of you in one room.",
        ),
        "relay-answer" => (
            "The relay answered something a relay would not say.",
            "Everything is saved here. Check its address with `belay relay show`.",
        ),
        "relay-needs-token" => (
            "This relay takes new partnerships only with a token, which Belay cannot hand in yet.",
            "Nothing was changed. Name another relay, or ask whoever runs this one to open it.",
        ),
        "relay-untrusted" => (
            "The relay could not prove that it is the one you named.",
            "Nothing was sent, and everything is saved here. Check its address and certificate.",
        ),
        "relay-plain-http" => (
            "This address speaks plain HTTP, where others on the way can see when you sync.",
            "What you write stays sealed either way. Use https, or add --allow-plain-http to say yes.",
        ),
        "sharing-paused" => (
            "You share nothing with this partner at the moment.",
            "Nothing was sent. `belay partner resume` shares with them again.",
        ),
        "store-suspect" => (
            "A part of the store could not be read.",
            "Nothing was deleted. Run the command again: the store is then read whole.",
        ),
        "template-newer" => (
            "This template is newer than this Belay.",
            "What you wrote is kept. Begin without it, or use a newer Belay.",
        ),
        "waiting-for-partner" => (
            "Your partner's device has not answered yet.",
            "Everything is saved here. `belay sync` looks again.",
        ),
        "words-differ" => (
            "The four words were different, so nothing is shared with this partner.",
            "Nothing was changed. Compare once more, or leave and begin anew with them.",
        ),
        _ => (UNNAMED, "Nothing was changed."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_of_the_core_has_words_of_its_own() {
        for reason in belay_engine::REASONS {
            assert_ne!(reason_words(reason).0, UNNAMED, "{reason}");
        }
    }
}
