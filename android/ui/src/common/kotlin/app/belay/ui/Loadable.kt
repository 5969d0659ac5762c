package app.belay.ui

/** What a screen has of what it shows. */
sealed interface Loadable<out T> {
    /** Nothing yet. Shown as loading only after a moment. */
    data object Loading : Loadable<Nothing>

    /** It is here. */
    data class Ready<T>(val value: T) : Loadable<T>

    /** It could not be had, and this is what to do. */
    data class Failed(val problem: Problem) : Loadable<Nothing>
}

/** The value, where it is here. */
val <T> Loadable<T>.value: T? get() = (this as? Loadable.Ready<T>)?.value
