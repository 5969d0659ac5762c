package app.belay.ui.help

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import app.belay.core.TrustedChannel
import app.belay.ui.Loadable
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.SwitchRow
import app.belay.ui.theme.Space
import app.belay.words.Words

/** The people one would call on a bad night, and who may see them while Belay is locked. */
@Composable
fun TrustedPeopleScreen(services: Services, model: TrustedPeopleModel) {
    val shell = services.shell
    val words = shell.words
    ScrollingScreen(
        services,
        title = words.helpOwnTitle,
        foot = if (model.state is Loadable.Ready) ({ PrimaryButton(words.helpOwnSave, model::save) }) else null
    ) {
        Loaded(words, model.state, model::reload) {
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                model.problem?.let { ProblemNote(it) }
                if (model.saved) Body(words.helpOwnSaved, Modifier.semantics { liveRegion = LiveRegionMode.Polite })
                Quiet(words.helpOwnEmpty)
                model.rows.forEachIndexed { at, row -> Row(shell, model, row, isFirst = at == 0) }
                CardActions { QuietButton(words.helpOwnAdd, model::add, icon = BelayIcons.add) }
                Locked(words, model)
            }
        }
    }
}

@Composable
private fun Row(shell: Shell, model: TrustedPeopleModel, row: TrustedRow, isFirst: Boolean) {
    val words = shell.words
    Card {
        FieldRow(
            words.helpOwnName,
            row.name,
            { model.change(row.copy(name = it)) },
            singleLine = true,
            keyboard = KeyboardOptions(capitalization = KeyboardCapitalization.Words)
        )
        Chips {
            for (channel in TrustedChannel.entries) {
                Chip(
                    channelWord(words, channel),
                    channel == row.channel,
                    { model.change(row.copy(channel = channel)) },
                    single = true
                )
            }
        }
        FieldRow(
            if (row.channel == TrustedChannel.OTHER) words.helpOwnAddress else words.helpOwnNumber,
            row.address,
            { model.change(row.copy(address = it)) },
            singleLine = true,
            keyboard = KeyboardOptions(
                keyboardType = if (row.channel == TrustedChannel.OTHER) KeyboardType.Text else KeyboardType.Phone
            )
        )
        FieldRow(words.helpOwnNote, row.note, { model.change(row.copy(note = it)) })
        CardActions {
            if (!isFirst && row.name.isNotBlank()) {
                QuietButton(words.helpOwnMoveUp(row.name), { model.moveUp(row) }, icon = BelayIcons.up)
            }
            val remove = if (row.name.isBlank()) words.helpOwnRemoveEmpty else words.helpOwnRemove(row.name)
            QuietButton(remove, { model.remove(row) }, icon = BelayIcons.delete, stop = true)
        }
    }
}

private fun channelWord(words: Words, channel: TrustedChannel): String = when (channel) {
    TrustedChannel.CALL -> words.helpChannelCall
    TrustedChannel.TEXT -> words.helpChannelText
    TrustedChannel.OTHER -> words.helpChannelOther
}

@Composable
private fun Locked(words: Words, model: TrustedPeopleModel) {
    Card {
        SwitchRow(words.helpOwnLockedSwitch, model.shownLocked, model::showLocked)
        Body(words.helpOwnLockedExplained)
        if (words.helpNotYetReviewed) Caption(words.commonNotYetReviewed)
    }
}
