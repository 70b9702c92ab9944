{{/* Which series are this release's, whoever scrapes them: a selector's inside. */}}
{{- define "signaling.seriesOfPods" -}}
namespace="{{ include "signaling.namespace" . }}",pod=~"{{ include "signaling.fullname" . }}-[0-9]+"
{{- end -}}

{{/* How one endpoint is scraped: call with the monitor's values. */}}
{{- define "signaling.scrape" -}}
port: internal
path: /metrics
interval: {{ .interval }}
scrapeTimeout: {{ .scrapeTimeout }}
{{- with .relabelings }}
relabelings:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .metricRelabelings }}
metricRelabelings:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* An alert's labels: call with (list $ "severity"). */}}
{{- define "signaling.alertLabels" -}}
{{- toYaml (mergeOverwrite (dict "severity" (index . 1)) (index . 0).Values.metrics.prometheusRule.alertLabels) -}}
{{- end -}}
