package app.belay.ui.kit

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.graphics.vector.PathParser
import androidx.compose.ui.unit.dp

private const val GRID = 24f
private const val STROKE = 1.8f

/** Belay's own line drawings on a grid of 24. Each stands near a word; none carries meaning alone. */
object BelayIcons {
    val lifebuoy: ImageVector by line(
        "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0 -18z",
        "M12 8.2a3.8 3.8 0 1 0 0 7.6a3.8 3.8 0 1 0 0 -7.6z",
        "M5.7 5.7l3.6 3.6M14.7 14.7l3.6 3.6M18.3 5.7l-3.6 3.6M9.3 14.7l-3.6 3.6"
    )
    val today: ImageVector by line(
        "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0 -8z",
        "M12 2.8v2M12 19.2v2M2.8 12h2M19.2 12h2M5.5 5.5l1.4 1.4M17.1 17.1l1.4 1.4M18.5 5.5l-1.4 1.4M6.9 17.1l-1.4 1.4"
    )
    val journal: ImageVector by line(
        "M6.5 3.5h11a1 1 0 0 1 1 1v15a1 1 0 0 1 -1 1h-11a1.5 1.5 0 0 1 -1.5 -1.5v-14a1.5 1.5 0 0 1 1.5 -1.5z",
        "M8.5 3.5v17M11.5 8h4M11.5 11.5h4"
    )
    val goals: ImageVector by line("M5 20.5v-17M5 4.5h12.5l-2.5 4l2.5 4h-12.5")
    val people: ImageVector by line(
        "M8.5 5a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0 -6.4z",
        "M2.8 19.5c0 -3.4 2.5 -5.3 5.7 -5.3s5.7 1.9 5.7 5.3",
        "M15.4 5.3a3 3 0 0 1 0 5.9M17 14.5c2.6 .4 4.2 2.2 4.2 5"
    )
    val back: ImageVector by line("M19.5 12h-15M10.5 6l-6 6l6 6", mirrored = true)
    val forward: ImageVector by line("M9.5 5.5l6.5 6.5l-6.5 6.5", mirrored = true)
    val down: ImageVector by line("M5.5 9.5l6.5 6.5l6.5 -6.5")
    val up: ImageVector by line("M5.5 14.5l6.5 -6.5l6.5 6.5")
    val check: ImageVector by line("M5 12.5l4.5 4.5l9.5 -10")
    val close: ImageVector by line("M6 6l12 12M18 6l-12 12")
    val add: ImageVector by line("M12 5v14M5 12h14")
    val remove: ImageVector by line("M5 12h14")
    val more: ImageVector by line(
        "M5.5 11.4a.6 .6 0 1 0 0 1.2a.6 .6 0 1 0 0 -1.2zM12 11.4a.6 .6 0 1 0 0 1.2a.6 .6 0 1 0 0 -1.2z",
        "M18.5 11.4a.6 .6 0 1 0 0 1.2a.6 .6 0 1 0 0 -1.2z"
    )
    val edit: ImageVector by line("M4.5 19.5l1 -4l10.5 -10.5l3 3l-10.5 10.5zM13.5 7.5l3 3")
    val eye: ImageVector by line(
        "M2.5 12s3.5 -6 9.5 -6s9.5 6 9.5 6s-3.5 6 -9.5 6s-9.5 -6 -9.5 -6z",
        "M12 9.4a2.6 2.6 0 1 0 0 5.2a2.6 2.6 0 1 0 0 -5.2z"
    )
    val settings: ImageVector by line("M4 7h8M16 7h4M14 5v4M4 17h4M12 17h8M10 15v4M4 12h13M20 12h0")
    val search: ImageVector by line("M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0 -13zM15.5 15.5l5 5")
    val share: ImageVector by line("M12 15v-11.5M8 7l4 -4l4 4M6 11h-1v9.5h14v-9.5h-1")
    val lock: ImageVector by line("M6 10.5h12v10h-12zM8.5 10.5v-3a3.5 3.5 0 0 1 7 0v3")
    val phone: ImageVector by line(
        "M5 4h3.5l1.5 4.5l-2 1.5a12 12 0 0 0 6 6l1.5 -2l4.5 1.5v3.5a1.5 1.5 0 0 1 -1.6 1.5" +
            "a16 16 0 0 1 -15 -15a1.5 1.5 0 0 1 1.6 -1.5z"
    )
    val device: ImageVector by line(
        "M7.5 2.5h9a1 1 0 0 1 1 1v17a1 1 0 0 1 -1 1h-9a1 1 0 0 1 -1 -1v-17a1 1 0 0 1 1 -1z",
        "M10.5 18.5h3"
    )
    val near: ImageVector by line(
        "M3.5 9.5a12 12 0 0 1 17 0M6.5 12.8a7.8 7.8 0 0 1 11 0M9.5 16a3.6 3.6 0 0 1 5 0",
        "M12 18.6a.6 .6 0 1 0 0 1.2a.6 .6 0 1 0 0 -1.2z"
    )
    val chat: ImageVector by line("M4 5h16v11h-9l-4.5 4v-4h-2.5z")
    val info: ImageVector by line("M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0 -18zM12 11v5.5M12 7.6v.1")
    val scan: ImageVector by line("M4 8v-4h4M16 4h4v4M20 16v4h-4M8 20h-4v-4M8 12h8")
    val key: ImageVector by line("M8 8.5a4 4 0 1 0 0 8a4 4 0 1 0 0 -8zM12 12.5h9M18 12.5v4M15 12.5v2.5")
    val photo: ImageVector by line("M4 5h16v14h-16zM4 16l5 -5l4.5 4.5l3 -2.5l3.5 3.5M15.5 8.7v.1")
    val microphone: ImageVector by line(
        "M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1 -6 0v-5a3 3 0 0 1 3 -3z",
        "M6 11.5a6 6 0 0 0 12 0M12 17.5v3.5"
    )
    val file: ImageVector by line("M6.5 3.5h7l4.5 4.5v12.5h-11.5zM13.5 3.5v4.5h4.5")
    val play: ImageVector by line("M8 5.5v13l10.5 -6.5z")
    val stop: ImageVector by line("M7 7h10v10h-10z")
    val calendar: ImageVector by line("M4.5 5.5h15v15h-15zM4.5 10h15M8.5 3v4M15.5 3v4")
    val delete: ImageVector by line("M5 6.5h14M9.5 6.5v-3h5v3M7 6.5l1 14h8l1 -14M10.5 10.5v6M13.5 10.5v6")
    val clock: ImageVector by line("M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0 -18z", "M12 7.5v5l3.2 2")
    val code: ImageVector by line(
        "M4 4h6v6h-6zM14 4h6v6h-6zM4 14h6v6h-6zM14 14h2v2M20 14v2M14 20h2M18 18h2v2"
    )
    val pause: ImageVector by line("M8.5 5v14M15.5 5v14")
    val rope: ImageVector by line("M3 15c3 0 3 -6 6 -6s3 6 6 6s3 -6 6 -6M3 9c3 0 3 6 6 6s3 -6 6 -6s3 6 6 6")
}

private fun line(vararg paths: String, mirrored: Boolean = false): Lazy<ImageVector> = lazy {
    val builder = ImageVector.Builder(
        defaultWidth = GRID.dp,
        defaultHeight = GRID.dp,
        viewportWidth = GRID,
        viewportHeight = GRID,
        autoMirror = mirrored
    )
    for (path in paths) {
        builder.addPath(
            pathData = PathParser().parsePathString(path).toNodes(),
            stroke = SolidColor(Color.Black),
            strokeLineWidth = STROKE,
            strokeLineCap = StrokeCap.Round,
            strokeLineJoin = StrokeJoin.Round
        )
    }
    builder.build()
}
