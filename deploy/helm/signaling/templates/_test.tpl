{{/*
Where `helm test` goes: the first app at the first two pods, straight to each, so that the exchange goes from node to node.
With TLS only where there is no other way: a certificate seldom holds the pods' names.
*/}}
{{- define "signaling.testUrls" -}}
{{- $urls := .Values.test.urls -}}
{{- if not $urls -}}
{{- $path := (first .Values.config.apps).path -}}
{{- range $ordinal := until (int (min 2 (int (include "signaling.fewestPods" .)))) -}}
{{- $host := printf "%s-%d.%s" (include "signaling.fullname" $) $ordinal (include "signaling.nodesDomain" $) -}}
{{- $urls = append $urls (ternary (printf "ws://%s:8080%s" $host $path) (printf "wss://%s:8443%s" $host $path) $.Values.http.enabled) -}}
{{- end -}}
{{- end -}}
{{- toYaml (dict "urls" $urls) -}}
{{- end -}}

{{- define "signaling.testsPodsByTls" -}}
{{- if and (not .Values.http.enabled) (not .Values.test.urls) -}}
true
{{- end -}}
{{- end -}}

{{/* Whether the test trusts the CA in the certificate's Secret, which has signed the pods' names. */}}
{{- define "signaling.testsPrivateCa" -}}
{{- if and (include "signaling.testsPodsByTls" .) .Values.tls.certManager.podNames -}}
true
{{- end -}}
{{- end -}}
