{{/* Secrets are read by the program's group only: 288 is 0440. */}}
{{- define "signaling.volumes" -}}
- name: config
  configMap:
    name: {{ include "signaling.fullname" . }}
{{- if .Values.tls.enabled }}
- name: tls
  secret:
    secretName: {{ include "signaling.tlsSecret" . }}
    defaultMode: 288
{{- end }}
{{- if .Values.cluster.tls.enabled }}
- name: cluster-tls
  secret:
    secretName: {{ include "signaling.clusterTlsSecret" . }}
    defaultMode: 288
{{- with .Values.cluster.tls.caConfigMap }}
- name: cluster-ca
  configMap:
    name: {{ . }}
{{- end }}
{{- end }}
{{- with .Values.adminToken.existingSecret }}
- name: admin-token
  secret:
    secretName: {{ . }}
    defaultMode: 288
    items:
      - key: {{ $.Values.adminToken.key }}
        path: token
{{- end }}
{{- if include "signaling.makesTurnPasswords" . }}
- name: ice
  secret:
    secretName: {{ include "signaling.iceSecret" . }}
    defaultMode: 288
    items:
      - key: {{ .Values.ice.key }}
        path: secret
{{- end }}
{{- with .Values.publicFiles.configMap }}
- name: public
  configMap:
    name: {{ . }}
{{- end }}
{{- if .Values.diagnostics.enabled }}
- name: tmp
  emptyDir:
    sizeLimit: {{ .Values.diagnostics.sizeLimit }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ tpl (toYaml .) $ }}
{{- end }}
{{- end -}}

{{/* The file alone, not its folder: other mounts lie beside it. */}}
{{- define "signaling.volumeMounts" -}}
- name: config
  mountPath: /etc/signaling/config.json
  subPath: config.json
  readOnly: true
{{- if .Values.tls.enabled }}
- name: tls
  mountPath: /etc/signaling/tls
  readOnly: true
{{- end }}
{{- if .Values.cluster.tls.enabled }}
- name: cluster-tls
  mountPath: /etc/signaling/cluster-tls
  readOnly: true
{{- if .Values.cluster.tls.caConfigMap }}
- name: cluster-ca
  mountPath: /etc/signaling/cluster-ca
  readOnly: true
{{- end }}
{{- end }}
{{- if .Values.adminToken.existingSecret }}
- name: admin-token
  mountPath: /etc/signaling/admin-token
  readOnly: true
{{- end }}
{{- if include "signaling.makesTurnPasswords" . }}
- name: ice
  mountPath: /etc/signaling/ice
  readOnly: true
{{- end }}
{{- if .Values.publicFiles.configMap }}
- name: public
  mountPath: /etc/signaling/public
  readOnly: true
{{- end }}
{{- if .Values.diagnostics.enabled }}
- name: tmp
  mountPath: /tmp
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ tpl (toYaml .) $ }}
{{- end }}
{{- end -}}

{{- define "signaling.tlsSecret" -}}
{{- default (printf "%s-tls" (include "signaling.fullname" .)) .Values.tls.existingSecret -}}
{{- end -}}

{{- define "signaling.clusterTlsSecret" -}}
{{- default (printf "%s-cluster-tls" (include "signaling.fullname" .)) .Values.cluster.tls.existingSecret -}}
{{- end -}}
