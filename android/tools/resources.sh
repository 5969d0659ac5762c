#!/bin/bash
# resources.sh APP AARS: where there is no Android SDK, compiles the resources of the app and of the Android libraries, and
# writes R.java files and APP/target/resources.ap_, which Robolectric reads. Needs Debian's aapt and android-framework-res.
#
# Debian's framework resources are those of Android 10. What is newer is left out here and only here: values-v31 and above,
# and the manifest's attributes listed below. The Gradle build takes all of it.
set -euo pipefail
app=$1 aars=$2
framework=/usr/share/android-framework-res/framework-res.apk
newer='android:(enableOnBackInvokedCallback|dataExtractionRules|localeConfig)="[^"]*"'

missing=()
command -v aapt2 >/dev/null || missing+=(aapt)
command -v unzip >/dev/null || missing+=(unzip)
[ -f "$framework" ] || missing+=(android-framework-res)
if ((${#missing[@]} > 0)); then
  echo "resources.sh: not here: ${missing[*]} (apt-get install ${missing[*]})" >&2
  exit 1
fi

out=$app/target
# Nothing to do when nothing changed: the libraries' resources take the longest.
stamp=$(cat "$0" "$app/src/main/AndroidManifest.xml" <(find "$app/src/main/res" -type f -print0 | sort -z | xargs -0 cat) \
  <(ls "$aars") | sha256sum)
if [ -f "$out/resources.stamp" ] && [ "$(cat "$out/resources.stamp")" = "$stamp" ] && [ -f "$out/resources.ap_" ]; then exit 0; fi

work=$out/res java=$out/generated-sources/r
rm -rf "$work" "$java" "$out/resources.stamp"
mkdir -p "$work" "$java"

overlays=() packages=()
for aar in "$aars"/*.aar; do
  library=$work/$(basename "$aar" .aar)
  mkdir -p "$library"
  # unzip answers 11 where an archive has no res/
  unzip -qo "$aar" AndroidManifest.xml 'res/*' -d "$library" 2>/dev/null || [ $? = 11 ]
  packages+=("$(grep -oP 'package="\K[^"]+' "$library/AndroidManifest.xml" | head -1)")
  [ -d "$library/res" ] || continue
  # Android 12's lStar is declared by androidx.core only to be referred to
  { grep -rlF '<attr name="android:lStar"/>' "$library/res" || true; } | xargs -r sed -i '/<attr name="android:lStar"\/>/d'
  aapt2 compile --dir "$library/res" -o "$library.zip"
  overlays+=(-R "$library.zip")
done

cp -r "$app/src/main/res" "$work/app"
find "$work/app" -maxdepth 1 -type d -regex '.*-v3[0-9]' -exec rm -r {} +
aapt2 compile --dir "$work/app" -o "$work/app.zip"
sed -E "s/<manifest /<manifest package=\"app.belay.android\" /; s/$newer//" "$app/src/main/AndroidManifest.xml" > "$work/AndroidManifest.xml"

aapt2 link -I "$framework" --manifest "$work/AndroidManifest.xml" --auto-add-overlay \
  --warn-manifest-validation --min-sdk-version 26 --target-sdk-version 35 --version-code 1 --version-name 0.1.0 \
  --extra-packages "$(printf '%s\n' "${packages[@]}" | sort -u | paste -sd:)" \
  --java "$java" -o "$out/resources.ap_" "${overlays[@]}" -R "$work/app.zip"
echo "$stamp" > "$out/resources.stamp"
echo "$(find "$java" -name R.java | wc -l) R classes"
