package app.belay.ui.kit

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.words.Words

/** One question with an honest body, the yes and the way back, one below the other and of the same size. */
@Composable
fun Confirm(
    words: Words,
    question: String,
    body: List<String>,
    yes: String,
    no: String,
    onYes: () -> Unit,
    onNo: () -> Unit,
    stop: Boolean = false
) {
    Sheet(words, question, onNo) {
        for (line in body) Body(line)
        PrimaryButton(yes, onYes, stop = stop)
        ChoiceButton(no, onNo, Modifier.fillMaxWidth())
    }
}
