package app.belay.ui.goals

import app.belay.core.BelayException
import java.math.BigDecimal
import java.text.DecimalFormatSymbols
import java.util.Locale

private const val DECIMALS = 3

/**
 * An amount as it was typed, with a point or a comma, in thousandths.
 *
 * @throws BelayException.InvalidInput as the core says it of a text that is no amount.
 */
internal fun thousandthsOf(text: String): Long {
    val number = text.trim().replace(',', '.').toBigDecimalOrNull()
        ?: throw BelayException.InvalidInput("amount", "not_an_amount")
    if (number.stripTrailingZeros().scale() > DECIMALS) {
        throw BelayException.InvalidInput("amount", "too_many_decimals")
    }
    return try {
        number.movePointRight(DECIMALS).longValueExact()
    } catch (_: ArithmeticException) {
        throw BelayException.InvalidInput("amount", "out_of_range")
    }
}

/** An amount as a field shows it: no more digits than it has, with the point or comma of the [locale]. */
internal fun amountText(thousandths: Long, locale: Locale): String =
    BigDecimal.valueOf(thousandths, DECIMALS).stripTrailingZeros().toPlainString()
        .replace('.', DecimalFormatSymbols.getInstance(locale).decimalSeparator)
