{{/* signaling.ice, as JSON: the servers that peers are told of, and the file of the secret that passwords are made by. */}}
{{- define "signaling.ice" -}}
{{- $stun := .Values.ice.stunUrls -}}
{{- $turn := .Values.ice.turnUrls -}}
{{- with .Values.coturn -}}
{{- if .enabled -}}
{{- $stun = append $stun (printf "stun:%s:%d" .host (int .ports.turn)) -}}
{{- range list "udp" "tcp" -}}
{{- $turn = append $turn (printf "turn:%s:%d?transport=%s" $.Values.coturn.host (int $.Values.coturn.ports.turn) .) -}}
{{- end -}}
{{- if .tls.existingSecret -}}
{{- $turn = append $turn (printf "turns:%s:%d?transport=tcp" .host (int .ports.turns)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $ice := dict -}}
{{- with $stun -}}
{{- $_ := set $ice "stunUrls" . -}}
{{- end -}}
{{- with $turn -}}
{{- $_ := set $ice "turnUrls" . -}}
{{- $_ := set $ice "secretFile" "/etc/signaling/ice/secret" -}}
{{- $_ := set $ice "ttl" $.Values.ice.ttl -}}
{{- end -}}
{{- toJson $ice -}}
{{- end -}}

{{/* Whether nodes make passwords: "true", or nothing. */}}
{{- define "signaling.makesTurnPasswords" -}}
{{- if or .Values.coturn.enabled .Values.ice.turnUrls -}}true{{- end -}}
{{- end -}}

{{- define "signaling.iceSecret" -}}
{{- default (printf "%s-ice" (include "signaling.fullname" .)) .Values.ice.existingSecret -}}
{{- end -}}

{{/* What selects coturn's pod. */}}
{{- define "signaling.coturnLabels" -}}
{{- mergeOverwrite (fromYaml (include "signaling.selectorLabels" .)) (dict "app.kubernetes.io/component" "coturn") | toYaml -}}
{{- end -}}

{{/* Its ports, each as a name, a number and a protocol: of a Service those that it relays by too. */}}
{{- define "signaling.coturnPorts" -}}
- {name: turn-udp, port: {{ .Values.coturn.ports.turn }}, protocol: UDP}
- {name: turn-tcp, port: {{ .Values.coturn.ports.turn }}, protocol: TCP}
{{- if .Values.coturn.tls.existingSecret }}
- {name: turns-tcp, port: {{ .Values.coturn.ports.turns }}, protocol: TCP}
{{- end }}
{{- end -}}
