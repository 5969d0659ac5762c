package app.belay.ui

import app.belay.core.PartnerView
import app.belay.core.PartnershipStandingView

private val TOGETHER = setOf(PartnershipStandingView.ACTIVE, PartnershipStandingView.WAITING)

/**
 * Whether something can be meant for them: nobody left or was blocked. Somebody who has not been heard from yet counts;
 * whether something may go to them now is the core's to say.
 */
val PartnerView.isTogether: Boolean get() = standing in TOGETHER
