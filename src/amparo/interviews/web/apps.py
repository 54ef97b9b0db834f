from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "amparo.interviews.web"
    label = "interviews"
