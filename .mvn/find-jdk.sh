# Finds a JDK. Sourced by ./mvnw and ./tempera; plain POSIX shell, so that it runs on Linux and macOS.

# The oldest JDK that Tempera builds and runs on.
required_jdk=25

# jdk_version HOME: prints the feature version (25 of 25.0.1) of the JDK in a folder, nothing if it holds none.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]\{1,\}\).*/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9]\{1,\}\).*/\1/p'
  fi
}

# jdk_suffices HOME: whether a folder holds a JDK that is new enough.
jdk_suffices() {
  [ "$(jdk_version "$1")" -ge "$required_jdk" ] 2>/dev/null
}

# find_jdk: prints the folder of a JDK that is new enough: JAVA_HOME, else the java on the PATH, else the oldest that
# suffices among the usual folders. Fails, and says what to install, if there is none.
find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && jdk_suffices "$JAVA_HOME"; then
    printf '%s\n' "$JAVA_HOME"
    return 0
  fi
  if command -v java >/dev/null 2>&1; then
    jdk_on_path=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
    if jdk_suffices "$jdk_on_path"; then
      printf '%s\n' "$jdk_on_path"
      return 0
    fi
  fi
  jdk_found=
  jdk_found_version=
  for jdk_candidate in \
    /usr/lib/jvm/* \
    /usr/java/* \
    /opt/*jdk* \
    /opt/java/* \
    /usr/local/*jdk* \
    "${HOME:-}"/.sdkman/candidates/java/* \
    "${HOME:-}"/.jdks/* \
    "${HOME:-}"/.gradle/jdks/* \
    "${HOME:-}"/.asdf/installs/java/* \
    "${HOME:-}"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if jdk_suffices "$jdk_candidate"; then
      jdk_candidate_version=$(jdk_version "$jdk_candidate")
      if [ -z "$jdk_found" ] || [ "$jdk_candidate_version" -lt "$jdk_found_version" ]; then
        jdk_found=$jdk_candidate
        jdk_found_version=$jdk_candidate_version
      fi
    fi
  done
  if [ -n "$jdk_found" ]; then
    printf '%s\n' "$jdk_found"
    return 0
  fi
  cat >&2 <<MESSAGE
Tempera needs a JDK $required_jdk or later, and found none in JAVA_HOME, on the PATH or in the usual folders.
Install one, for example Eclipse Temurin $required_jdk from https://adoptium.net/temurin/releases/?version=$required_jdk
  Debian, Ubuntu   apt install openjdk-$required_jdk-jdk
  Fedora           dnf install java-$required_jdk-openjdk-devel
  macOS            brew install openjdk@$required_jdk
or, where one is installed already, set JAVA_HOME to its folder.
MESSAGE
  return 1
}
