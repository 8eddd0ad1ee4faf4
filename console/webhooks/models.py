"""Webhooks of classes, and what was delivered by them."""

from django.db import models
from django.utils import timezone

from console.classes.models import Class
from console.labs.models import new_public_id


class Webhook(models.Model):
    """An address that hears of a class; what happened until `heard_until` is on its way."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    course_class = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="webhooks")
    url = models.URLField(max_length=500)
    sealed_secret = models.TextField(editable=False)
    heard_until = models.DateTimeField(default=timezone.now, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """Events that a webhook is sent together; `error` is why the newest try failed."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    body = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    delivered_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.public_id} to {self.webhook}"
