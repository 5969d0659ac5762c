package app.belay.android

import android.app.LocaleManager
import android.content.Context
import android.os.Build
import app.belay.words.Words
import app.belay.words.wordsFor
import java.util.Locale

/** The language that the person chose for the app, as a BCP 47 tag; null when it follows the phone. */
fun Context.chosenLanguage(preferences: DevicePreferences): String? {
    if (Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU) return preferences.language
    val locales = getSystemService(LocaleManager::class.java)?.applicationLocales
    return locales?.takeIf { !it.isEmpty }?.get(0)?.toLanguageTag()
}

/** How this person writes days and numbers: the chosen language, else the phone's. */
fun Context.localeFor(preferences: DevicePreferences): Locale =
    chosenLanguage(preferences)?.let(Locale::forLanguageTag) ?: resources.configuration.locales[0]

/** The texts in the person's language. */
fun Context.words(preferences: DevicePreferences): Words = wordsFor(localeFor(preferences).toLanguageTag())
