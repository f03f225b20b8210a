#compdef fashion
# Completes ./fashion in zsh. For this shell:      source <(./fashion completion zsh)
# For every shell: ./fashion completion zsh > "${fpath[1]}/_fashion"
_fashion() {
  local word=${words[CURRENT]} line="${(j: :)words[2,CURRENT]}" candidate
  local -a candidates
  for candidate in "${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}"; do
    # A word that begins with a dash is an option. Another one is a value, and without candidates the name of a file.
    [[ -n $candidate && ( $word == -* || $candidate != -* ) ]] && candidates+=("$candidate")
  done
  if (( ${#candidates} )); then
    compadd -a candidates
  else
    _files
  fi
}
if [[ ${funcstack[1]:-} == _fashion ]]; then
  _fashion "$@"
else
  compdef _fashion fashion
fi
