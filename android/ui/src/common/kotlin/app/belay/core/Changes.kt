package app.belay.core

/** The parts of what a person has that can become stale. */
enum class ChangeArea { CHECK_INS, GOALS, JOURNAL, PARTNERS, SETTINGS, DEVICES, INVITATIONS, DELIVERY }

/** Is told what is stale, never the data. */
interface ChangeObserver {
    /** Something of [areas] is stale as of [revision]. */
    fun onChange(areas: List<ChangeArea>, ids: List<String>, revision: ULong)
}

/** A core that says when something changes. */
interface ChangeSource {
    /** Tells [observer] until the subscription ends. */
    fun subscribe(observer: ChangeObserver): Subscription
}

/** Changes as the core tells them; one that tells none gives a subscription that is silent. */
fun BelayCoreInterface.subscribe(observer: ChangeObserver): Subscription =
    (this as? ChangeSource)?.subscribe(observer) ?: Subscription(NoHandle)
