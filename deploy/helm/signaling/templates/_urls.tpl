{{/* The paths of all apps below a base, as lines: call with (list $ "wss://example.com"). */}}
{{- define "signaling.urls" -}}
{{- $base := index . 1 -}}
{{- range (index . 0).Values.config.apps }}
  {{ printf "%-16s" (default .path .name) }} {{ $base }}{{ .path }}
{{- end }}
{{- end -}}

{{/* A port as a URL has it: nothing where it is the scheme's own. Call with (list "wss" 443). */}}
{{- define "signaling.urlPort" -}}
{{- $own := ternary 443 80 (eq (index . 0) "wss") -}}
{{- if ne (int (index . 1)) $own -}}
:{{ index . 1 }}
{{- end -}}
{{- end -}}
