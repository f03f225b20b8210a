# Completes ./fashion in bash. For this shell:      source <(./fashion completion bash)
# For every shell: ./fashion completion bash >> ~/.bash_completion
_fashion() {
  local word=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE:0:COMP_POINT} candidate
  line=${line#"${COMP_WORDS[0]}"}
  line=${line#"${line%%[![:space:]]*}"}
  COMPREPLY=()
  while IFS= read -r candidate; do
    # A word that begins with a dash is an option. Another one is a value, and without candidates the name of a file.
    [[ $candidate == "$word"* && ( $word == -* || $candidate != -* ) ]] && COMPREPLY+=("$candidate")
  done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
}
complete -o default -F _fashion fashion
