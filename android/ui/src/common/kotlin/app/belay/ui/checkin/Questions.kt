package app.belay.ui.checkin

import app.belay.core.CheckInField
import app.belay.core.CheckInFormView
import app.belay.core.Question

/** What the chosen template asks for a field; null where it does not. */
fun CheckInFormView.question(answers: CheckInAnswers, field: CheckInField): Question? =
    templates.firstOrNull { it.template == answers.template }?.questions?.firstOrNull { it.field == field }

/** The same, only the sentence. */
fun CheckInFormView.ask(answers: CheckInAnswers, field: CheckInField): String? = question(answers, field)?.ask

/** What any template asks for a field: for something that was typed before the template was changed. */
fun CheckInFormView.anyQuestion(field: CheckInField): Question? =
    templates.firstNotNullOfOrNull { template -> template.questions.firstOrNull { it.field == field } }
