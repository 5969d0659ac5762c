package app.belay.ui.recovery

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.core.MadeSharesView
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.Heading
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.Sheet
import app.belay.ui.kit.StateLine
import app.belay.ui.theme.Space

/** Cutting the words into pieces for people one trusts. */
@Composable
fun PiecesScreen(model: PiecesModel) {
    val words = model.services.words
    val made = model.made
    ScrollingScreen(
        model.services,
        foot = if (made == null) {
            { PrimaryButton(words.recoverySharesMake, model::make, enabled = model.canMake) }
        } else {
            null
        },
        sheet = if (model.asksBack) ({ Back(model) }) else null
    ) {
        Loaded(words, model.page.state, model.page::reload) { page ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                Sentence(words.recoverySharesTitle)
                if (made == null) Choices(model, page) else Made(model, made)
                if (!model.asksBack) model.act.problem?.let { ProblemNote(it) }
            }
        }
    }
}

@Composable
private fun Choices(model: PiecesModel, page: PiecesPage) {
    val words = model.services.words
    Quiet(words.recoverySharesLead)
    Holders(model, page)
    if (page.partners.isNotEmpty()) {
        Heading(words.recoverySharesWho)
        Chips {
            for (partner in page.partners) {
                Chip(partner.name, partner.space in model.partners, { model.toggle(partner.space) })
            }
        }
    }
    if (page.partners.isEmpty()) Quiet(words.recoverySharesNobody)
    Heading(words.recoverySharesPaper(model.onPaper.toString()))
    Numbers(model, 0..PiecesModel.MOST_ON_PAPER, model.onPaper) { model.onPaper = it }
    Heading(words.recoverySharesNeeded(model.needed.toString()))
    Numbers(model, PiecesModel.LEAST..maxOf(PiecesModel.LEAST, model.count), model.needed) { model.needed = it }
    if (model.needsWords) {
        Quiet(words.recoverySharesWordsHelp)
        WordsField(words, model.typed, words.recoverySharesWords)
    }
}

@Composable
private fun Holders(model: PiecesModel, page: PiecesPage) {
    val words = model.services.words
    val holders = page.recovery.holders
    if (holders.isEmpty()) return
    Card(tone = CardTone.ROPE) {
        for (holder in holders) {
            val name = holder.partner.ifBlank { words.peopleNameless }
            StateLine(BelayIcons.rope, words.recoverySharesHeld(name, holder.threshold.toString()))
        }
        CardActions {
            QuietButton(words.recoverySharesBack, { model.askBack(true) }, enabled = !model.act.busy, stop = true)
        }
    }
}

@Composable
private fun Numbers(model: PiecesModel, all: IntRange, chosen: Int, onNumber: (Int) -> Unit) {
    Chips(Modifier.selectableGroup()) {
        for (number in all) {
            Chip(model.services.formats.number(number.toLong()), number == chosen, { onNumber(number) }, single = true)
        }
    }
}

@Composable
private fun Made(model: PiecesModel, made: MadeSharesView) {
    val (words, formats) = model.services.words to model.services.formats
    val withPartners = made.count.toInt() - made.onPaper.size
    Card(tone = CardTone.MINE) {
        Body(words.piecesSet(set = made.set, threshold = formats.number(made.threshold.toLong())))
        if (withPartners > 0) StateLine(BelayIcons.rope, words.piecesOnItsWay(withPartners))
    }
    if (made.onPaper.isEmpty()) return
    Quiet(words.piecesOnce)
    made.onPaper.forEachIndexed { card, text ->
        Card {
            val number = formats.number(model.numberOf(made, card).toLong())
            CardTitle(words.piecesNumber(number = number, all = formats.number(made.count.toLong())))
            SelectionContainer { PieceText(text) }
            CardActions { QuietButton(words.pairingInvitationShare, { model.send(text) }, icon = BelayIcons.share) }
        }
    }
}

@Composable
private fun Back(model: PiecesModel) {
    val words = model.services.words
    Sheet(words, words.piecesBackQuestion, { model.askBack(false) }) {
        Body(words.piecesBackBody)
        Body(words.piecesBackPaper)
        model.act.problem?.let { ProblemNote(it) }
        PrimaryButton(words.piecesBackYes, model::takeBack, enabled = !model.act.busy, stop = true)
        ChoiceButton(words.piecesBackNo, { model.askBack(false) }, Modifier.fillMaxWidth())
    }
}
