package app.belay.ui

import app.belay.core.DeliveryView
import app.belay.words.Words

/** Where a copy is, in words. */
fun deliveryWords(words: Words, delivery: DeliveryView, partner: String): String = when (delivery) {
    is DeliveryView.Held -> words.deliveryHeldPlain
    DeliveryView.Queued -> words.deliveryQueued(partner)
    DeliveryView.Paused -> words.deliveryPaused(partner)
    DeliveryView.OnRelay -> words.deliveryOnRelay
    DeliveryView.Received -> words.deliveryReceived(partner)
}
