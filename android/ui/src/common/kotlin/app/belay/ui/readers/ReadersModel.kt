package app.belay.ui.readers

import app.belay.core.ChangeArea
import app.belay.core.Readable
import app.belay.core.ReadersView
import app.belay.ui.Loader
import app.belay.ui.Services
import kotlinx.coroutines.CoroutineScope

/** Who can read one thing now, who could once, and where sealed copies lie, as the core says it. */
class ReadersModel(services: Services, scope: CoroutineScope, item: Readable) {
    val readers: Loader<ReadersView> = Loader(services, scope, AREAS) { services.core.whoCanRead(item) }

    private companion object {
        val AREAS = setOf(ChangeArea.PARTNERS, ChangeArea.DELIVERY, ChangeArea.DEVICES)
    }
}
