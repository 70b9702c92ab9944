{{/* Whole seconds as the program's settings want them: hours:minutes:seconds. */}}
{{- define "signaling.time" -}}
{{- $seconds := int . -}}
{{- printf "%02d:%02d:%02d" (div $seconds 3600) (mod (div $seconds 60) 60) (mod $seconds 60) -}}
{{- end -}}

{{/*
How long Kubernetes waits before it kills: the longest that a stop may take, and a margin. 76 s are the program's own: 1 s
for the last answers to a close, 15 s to tell the other nodes, 5 s for the last requests, 55 s to leave the cluster.
*/}}
{{- define "signaling.gracePeriod" -}}
{{- with .Values.drain -}}
{{- add (int .noticeSeconds) (int .timeSeconds) (int .closeWindowSeconds) (int .closeTimeoutSeconds) 76 (int .marginSeconds) -}}
{{- end -}}
{{- end -}}
