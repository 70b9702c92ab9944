{{/* The chart's name, as in the label app.kubernetes.io/name. */}}
{{- define "signaling.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{/*
What every object's name begins with. 50 characters at most: Kubernetes puts it, with a hash, into a label of the pods, and
the services' names get a suffix.
*/}}
{{- define "signaling.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "signaling.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "signaling.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "signaling.namespace" -}}
{{- default .Release.Namespace .Values.namespaceOverride -}}
{{- end -}}

{{- define "signaling.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "signaling.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* What the names of all nodes end with: the headless service's own name in DNS. */}}
{{- define "signaling.nodesDomain" -}}
{{- printf "%s-nodes.%s.svc.%s" (include "signaling.fullname" .) (include "signaling.namespace" .) .Values.clusterDomain -}}
{{- end -}}

{{/* What selects the nodes' pods, and no other pod of the release. */}}
{{- define "signaling.selectorLabels" -}}
app.kubernetes.io/name: {{ include "signaling.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: node
{{- end -}}

{{/* The labels of every object but pods, as YAML: call with (list $ "component"). */}}
{{- define "signaling.labels" -}}
{{- $root := index . 0 -}}
{{- toYaml (mergeOverwrite
      (dict
        "helm.sh/chart" (printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-")
        "app.kubernetes.io/version" $root.Chart.AppVersion
        "app.kubernetes.io/part-of" "signaling"
        "app.kubernetes.io/managed-by" $root.Release.Service)
      (deepCopy $root.Values.commonLabels)
      (fromYaml (include "signaling.selectorLabels" $root))
      (dict "app.kubernetes.io/component" (index . 1))) -}}
{{- end -}}

{{/* An object's metadata: call with (dict "root" $ "suffix" "-nodes" "component" "node" "labels" ... "annotations" ...). */}}
{{- define "signaling.metadata" -}}
{{- $root := .root -}}
name: {{ default (include "signaling.fullname" $root) .name }}{{ .suffix }}
namespace: {{ include "signaling.namespace" $root }}
labels:
  {{- mergeOverwrite (default (dict) .labels | deepCopy) (fromYaml (include "signaling.labels" (list $root .component))) | toYaml | nindent 2 }}
{{- with mergeOverwrite (deepCopy $root.Values.commonAnnotations) (default (dict) .annotations) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
