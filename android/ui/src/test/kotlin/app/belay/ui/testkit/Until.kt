package app.belay.ui.testkit

private const val NS_PER_MS = 1_000_000L

/** Waits until something is so, for models over the real core, which works on threads of its own. */
fun until(isSo: () -> Boolean) {
    val end = System.nanoTime() + PATIENCE_MS * NS_PER_MS
    while (!isSo()) check(System.nanoTime() < end) { "not yet" }.also { Thread.onSpinWait() }
}
