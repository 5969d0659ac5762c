package app.belay.ui.people

import app.belay.core.PartnerView
import app.belay.words.Words

/** The name to say for a partner; a partner who has shown none yet is somebody. */
fun nameOf(partner: PartnerView?, words: Words): String = partner?.name.orEmpty().ifBlank { words.peopleNameless }
